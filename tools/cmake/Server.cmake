# The server: a library of everything but main (so that tests start it in their own process) and the program.
file(GLOB terminal_texts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/terminal/*.json)
tw_generated(terminal_cpp embed_terminal.py ${terminal_texts})
tw_library(tw_server FOLDER server AS server WITHOUT "/server/main\\.cpp$" GENERATED ${terminal_cpp})
target_link_libraries(tw_server PUBLIC tw_services Threads::Threads PRIVATE tw_web_files)

# Only server/http sees httplib: its include folder is given to those source files, not to the target.
file(GLOB_RECURSE http_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/http/*.cpp)
set_source_files_properties(${http_sources} PROPERTIES
  COMPILE_OPTIONS "-isystem;${TIDEWATER_DEPS_DIR}/httplib/split"
  COMPILE_DEFINITIONS "$<TARGET_PROPERTY:httplib,INTERFACE_COMPILE_DEFINITIONS>")
target_link_libraries(tw_server PRIVATE $<LINK_ONLY:httplib>)

if(TIDEWATER_STATIC)
  set(OPENSSL_USE_STATIC_LIBS ON)
  find_library(ARGON2_LIBRARY NAMES libargon2.a REQUIRED)
else()
  find_library(ARGON2_LIBRARY argon2 REQUIRED)
endif()
find_package(OpenSSL 3 REQUIRED COMPONENTS SSL Crypto)
target_link_libraries(tw_server PRIVATE ${ARGON2_LIBRARY} OpenSSL::SSL OpenSSL::Crypto)

# --- the web files, inside the binary -------------------------------------------------------------------------------
# tools/web.py collects the page, the client (from the client tree, when it was built) and the catalogues into
# build/<preset>/web, and writes an assembly file that includes them. It runs at every build (it cannot know otherwise
# that the other tree changed), takes a tenth of a second when nothing did, and then touches nothing.
set(TIDEWATER_CLIENT_BUILD ${CMAKE_SOURCE_DIR}/build/client CACHE PATH "Where the client was built")
set(generated ${CMAKE_BINARY_DIR}/generated)
add_custom_target(collect_web_files
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/web.py --client ${TIDEWATER_CLIENT_BUILD}
    --out ${CMAKE_BINARY_DIR}/web --embed ${generated}
  BYPRODUCTS ${generated}/web_files.S ${generated}/web_files.cpp
  COMMENT "Collecting the web files" VERBATIM)
enable_language(ASM)
add_library(tw_web_files STATIC ${generated}/web_files.S ${generated}/web_files.cpp)
add_dependencies(tw_web_files collect_web_files)
target_include_directories(tw_web_files PRIVATE ${CMAKE_BINARY_DIR}/include/server)
target_link_libraries(tw_web_files PRIVATE tw_strict)

if(EXISTS ${CMAKE_SOURCE_DIR}/server/main.cpp)
  add_executable(tidewater ${CMAKE_SOURCE_DIR}/server/main.cpp)
  target_compile_definitions(tidewater PRIVATE TIDEWATER_VERSION="${PROJECT_VERSION}")
  target_link_libraries(tidewater PRIVATE tw_server tw_strict)
  if(TIDEWATER_STATIC)
    target_link_options(tidewater PRIVATE -static-libstdc++ -static-libgcc -Wl,--exclude-libs,ALL -Wl,-z,relro,-z,now
      -Wl,--gc-sections -Wl,--strip-all)
  endif()
endif()

# Third-party sources as targets. They are SYSTEM for whoever includes them, and compiled without warnings and without
# debug information.
# Natively and in wasm the same versions with the same feature flags: what SQL means must not depend on the build.

function(tw_third_party target)
  add_library(${target} STATIC ${ARGN})
  target_compile_options(${target} PRIVATE -w -g0)
  if(TIDEWATER_SANITIZE)
    target_compile_options(${target} PRIVATE -O1)
  endif()
  if(TIDEWATER_SANITIZE MATCHES undefined)
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined)  # not ours to repair
  endif()
endfunction()

# --- SQLite: the amalgamation --------------------------------------------------------------------------------------
tw_third_party(sqlite3 ${TIDEWATER_DEPS_DIR}/sqlite/sqlite3.c)
target_include_directories(sqlite3 SYSTEM PUBLIC ${TIDEWATER_DEPS_DIR}/sqlite)
target_compile_definitions(sqlite3 PRIVATE
  SQLITE_DQS=0                     # "x" is a column, never quietly a text
  SQLITE_DEFAULT_FOREIGN_KEYS=1
  SQLITE_DEFAULT_MEMSTATUS=0       # no global counter behind a lock at every allocation
  SQLITE_DEFAULT_WAL_SYNCHRONOUS=2 # FULL: what was acknowledged is on the disk
  SQLITE_ENABLE_FTS5
  SQLITE_ENABLE_STAT4              # the planner knows skewed columns, such as an item's state
  SQLITE_LIKE_DOESNT_MATCH_BLOBS
  SQLITE_MAX_MMAP_SIZE=0           # no memory-mapped I/O: a failing disk is an error code, not a signal
  SQLITE_MAX_WORKER_THREADS=0      # sorting makes no threads of its own, as in wasm
  SQLITE_OMIT_AUTHORIZATION        # as the next ones: nobody here calls it, and browsers load what is left
  SQLITE_OMIT_AUTORESET
  SQLITE_OMIT_AUTOVACUUM
  SQLITE_OMIT_COMPLETE
  SQLITE_OMIT_DATETIME_FUNCS        # times are numbers, and come from the ports
  SQLITE_OMIT_DECLTYPE
  SQLITE_OMIT_DEPRECATED
  SQLITE_OMIT_DESERIALIZE
  SQLITE_OMIT_GET_TABLE
  SQLITE_OMIT_LOAD_EXTENSION
  SQLITE_OMIT_SHARED_CACHE
  SQLITE_OMIT_TCL_VARIABLE
  SQLITE_OMIT_UTF16
  SQLITE_UNTESTABLE
  SQLITE_TEMP_STORE=2              # sorters in memory: no stray files beside the database
  SQLITE_TRUSTED_SCHEMA=0
  SQLITE_USE_URI=0)
if(EMSCRIPTEN)
  # One thread, and no log beside the database (db/two_files.h).
  target_compile_definitions(sqlite3 PRIVATE SQLITE_THREADSAFE=0 SQLITE_OMIT_WAL)
else()
  target_compile_definitions(sqlite3 PRIVATE SQLITE_THREADSAFE=2)  # one connection, one thread at a time
  target_compile_options(sqlite3 PRIVATE -O2)                      # also in debug trees: it is not what we debug
  target_link_libraries(sqlite3 PUBLIC Threads::Threads)
endif()

# --- Argon2: the reference implementation, for the local backend (client-wasm/worker), which has one thread -----------
set(argon2_sources argon2.c core.c encoding.c ref.c thread.c blake2/blake2b.c)
list(TRANSFORM argon2_sources PREPEND ${TIDEWATER_DEPS_DIR}/argon2/)
tw_third_party(argon2 ${argon2_sources})
set_target_properties(argon2 PROPERTIES EXCLUDE_FROM_ALL TRUE)  # the client alone has no use for it
target_include_directories(argon2 SYSTEM PUBLIC ${TIDEWATER_DEPS_DIR}/argon2)
target_compile_definitions(argon2 PRIVATE ARGON2_NO_THREADS)

# --- nlohmann JSON: headers only -----------------------------------------------------------------------------------
add_library(nlohmann INTERFACE)
if(EMSCRIPTEN)
  # A folder of symbolic links, so that the other headers of the machine stay out of the wasm build.
  target_include_directories(nlohmann SYSTEM INTERFACE ${TIDEWATER_DEPS_DIR}/emscripten-include)
endif()

# --- Dear ImGui, with our configuration (client-wasm/ui/imconfig.h) -------------------------------------------------
set(imgui_sources imgui.cpp imgui_draw.cpp imgui_widgets.cpp)
if(EMSCRIPTEN)
  list(APPEND imgui_sources backends/imgui_impl_opengl3.cpp)  # without a GPU, views are drawn into lists only
endif()
list(TRANSFORM imgui_sources PREPEND ${TIDEWATER_DEPS_DIR}/imgui/)
tw_third_party(imgui ${imgui_sources} ${CMAKE_SOURCE_DIR}/client-wasm/ui/imgui/without_tables.cpp)
set_target_properties(imgui PROPERTIES EXCLUDE_FROM_ALL TRUE)  # the tree of the portable tests has no client
target_include_directories(imgui SYSTEM PUBLIC ${TIDEWATER_DEPS_DIR}/imgui ${TIDEWATER_DEPS_DIR}/imgui/backends)
target_include_directories(imgui PUBLIC ${CMAKE_BINARY_DIR}/include/client ${CMAKE_SOURCE_DIR}/client-wasm/ui/imgui)
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="client/ui/imconfig.h")
if(NOT EMSCRIPTEN)
  # Natively the client only runs in tests: ImGui reports each item to hooks that tests/support/ui defines.
  target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE)
endif()

# --- cpp-httplib, split in declarations and one implementation file (see tools/deps) --------------------------------
if(NOT EMSCRIPTEN)
  set(ZLIB_USE_STATIC_LIBS ${TIDEWATER_STATIC})
  find_package(ZLIB REQUIRED)
  tw_third_party(httplib ${TIDEWATER_DEPS_DIR}/httplib/split/httplib.cc)
  target_include_directories(httplib SYSTEM PUBLIC ${TIDEWATER_DEPS_DIR}/httplib/split)
  target_compile_definitions(httplib PUBLIC CPPHTTPLIB_ZLIB_SUPPORT
    CPPHTTPLIB_LISTEN_BACKLOG=512                              # an office that opens the page at nine o'clock
    CPPHTTPLIB_KEEPALIVE_TIMEOUT_CHECK_INTERVAL_USECOND=100000)  # 256 idle connections wake up 10 times a second, not 100
  target_link_libraries(httplib PUBLIC Threads::Threads ZLIB::ZLIB)
endif()

# --- GoogleTest, from the sources that Debian ships: natively with the tree's sanitizers, and for wasm ---------------
if(TIDEWATER_TESTS)
  find_path(GOOGLETEST_SOURCE googletest/src/gtest-all.cc
    PATHS /usr/src/googletest /usr/local/src/googletest NO_CMAKE_FIND_ROOT_PATH)
  if(GOOGLETEST_SOURCE)
    tw_third_party(gtest ${GOOGLETEST_SOURCE}/googletest/src/gtest-all.cc ${GOOGLETEST_SOURCE}/googletest/src/gtest_main.cc
      ${GOOGLETEST_SOURCE}/googlemock/src/gmock-all.cc)
    target_include_directories(gtest SYSTEM PUBLIC ${GOOGLETEST_SOURCE}/googletest/include
      ${GOOGLETEST_SOURCE}/googlemock/include)
    target_include_directories(gtest PRIVATE ${GOOGLETEST_SOURCE}/googletest ${GOOGLETEST_SOURCE}/googlemock)
    if(NOT EMSCRIPTEN)
      target_link_libraries(gtest PUBLIC Threads::Threads)
    endif()
  else()
    message(STATUS "GoogleTest is not installed: no tests in this tree (tools/deps --for test)")
    set(TIDEWATER_TESTS OFF)
  endif()
endif()

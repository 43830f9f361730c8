# Language, flags and switches that hold for every target, third parties included: exception model and sanitizers must be
# the same in every object file of a program.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

set(TIDEWATER_SANITIZE "" CACHE STRING "Comma-separated sanitizers: address,undefined or thread")
option(TIDEWATER_TESTS "Define the test targets, when GoogleTest is there" ON)
option(TIDEWATER_FUZZ "Also the fuzzers of tests/fuzz; needs clang" OFF)

# What ships must run on machines that have nothing of ours: everything but the C library is inside (see ARCHITECTURE.md).
# Trees for tests link as the machine does, which sanitizers need and which is quicker; so does a machine that has no
# static libraries, whose server is then good for itself.
set(tw_ships OFF)
if(NOT EMSCRIPTEN AND CMAKE_BUILD_TYPE STREQUAL Release)
  set(tw_ships ON)
  foreach(library argon2 crypto ssl z)
    find_library(TIDEWATER_STATIC_${library} lib${library}.a)
    mark_as_advanced(TIDEWATER_STATIC_${library})
    if(NOT TIDEWATER_STATIC_${library})
      message(STATUS "lib${library}.a is missing: the server will need this machine's libraries")
      set(tw_ships OFF)
    endif()
  endforeach()
endif()
option(TIDEWATER_STATIC "Link third parties statically into the server" ${tw_ships})

# tools/deps unpacks here. One folder may serve several working copies.
if(DEFINED ENV{TIDEWATER_DEPS_DIR})
  set(TIDEWATER_DEPS_DIR $ENV{TIDEWATER_DEPS_DIR})
else()
  set(TIDEWATER_DEPS_DIR ${CMAKE_SOURCE_DIR}/build/deps)
endif()
if(NOT EXISTS ${TIDEWATER_DEPS_DIR}/sqlite/sqlite3.c)
  message(FATAL_ERROR "Nothing in ${TIDEWATER_DEPS_DIR} yet: run tools/deps first.")
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)  # generates sources from SQL, catalogues and the web files

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

foreach(language C CXX)
  if(EMSCRIPTEN)
    set(CMAKE_${language}_FLAGS_RELEASE "-Os -DNDEBUG")
  else()
    set(CMAKE_${language}_FLAGS_RELEASE "-O2 -DNDEBUG")  # not -O3: g++ 12 then warns falsely (-Wrestrict)
  endif()
  set(CMAKE_${language}_FLAGS_DEBUG "-O0 -g")
endforeach()

option(TIDEWATER_EXCEPTIONS "Compile with exceptions; the browser's client throws none and goes without" ON)
if(NOT TIDEWATER_EXCEPTIONS)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions> $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
elseif(EMSCRIPTEN)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fwasm-exceptions>)
  add_link_options(-fwasm-exceptions)
endif()

if(TIDEWATER_SANITIZE)
  # Line tables only, and no optimisation of our own code: the tests are short, compiling them is what takes time.
  add_compile_options(-g1 -fno-omit-frame-pointer -fsanitize=${TIDEWATER_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TIDEWATER_SANITIZE})
endif()

if(NOT EMSCRIPTEN)
  find_package(Threads REQUIRED)
endif()

# Our own code, and only ours: linked privately by every target of tw_library and tw_executable.
add_library(tw_strict INTERFACE)
target_compile_options(tw_strict INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor;-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  # False alarms of this compiler on std::string's operator+ (GCC bugs 105329 and 105651).
  target_compile_options(tw_strict INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()

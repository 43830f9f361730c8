# tests/fuzz/*_fuzz.cpp: each a program of its own, of the same libraries as the tests of the tree (preset `asan`: clang
# with libFuzzer, address and undefined-behaviour sanitizers). One tree for both, for compiling is what takes time.
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_FLAGS -fsanitize=fuzzer)
check_cxx_source_compiles("extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }"
  TIDEWATER_HAS_LIBFUZZER)
unset(CMAKE_REQUIRED_FLAGS)
if(NOT TIDEWATER_HAS_LIBFUZZER)
  message(FATAL_ERROR "${CMAKE_CXX_COMPILER} has no libFuzzer: install clang and its run-time library (Debian: libclang-rt-dev).")
endif()

# What fuzzers explore: counted, and optimised a little, for speed is inputs per second. no-link: main() comes with them.
foreach(target tw_core tw_domain tw_api tw_db tw_services)
  target_compile_options(${target} PRIVATE -O1 -fsanitize=fuzzer-no-link)
endforeach()

tw_include_root(fuzz_root tests/fuzz fuzz)
tw_include_root(server_root server server)
add_custom_target(fuzzers)
file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp)
foreach(source IN LISTS fuzzers)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  add_dependencies(fuzzers ${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
  target_include_directories(${name} PRIVATE ${fuzz_root} ${server_root})
  target_link_libraries(${name} PRIVATE tw_test_support tw_services tw_strict)
  target_compile_options(${name} PRIVATE -O1 -fsanitize=fuzzer-no-link)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endforeach()
# Of the server only the files that read headers, without the rest of it and what it needs.
target_sources(headers_fuzz PRIVATE ${CMAKE_SOURCE_DIR}/server/http/request_rules.cpp
  ${CMAKE_SOURCE_DIR}/server/http/forwarded.cpp ${CMAKE_SOURCE_DIR}/server/http/addresses.cpp)

# tests/<area>/*.cpp becomes one GoogleTest program per area, registered in ctest; an area without sources is skipped.
#
# tests/support/*.cpp is portable and linked to all; tests/support/ui and tests/support/server only to the areas `ui`
# and `server`. In the wasm tree the portable areas run under Node. Tests run with the repository as working directory
# (so "tests/golden/..." can be read) and write their results as JSON to <tree>/results, which tools/dev test sums up.
enable_testing()

tw_library(tw_test_support FOLDER tests/support AS support WITHOUT "/tests/support/(ui|server)/")
target_link_libraries(tw_test_support PUBLIC gtest tw_services tw_strict)

function(tw_test area)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${area}/*.cpp)
  file(GLOB_RECURSE support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/${area}/*.cpp)
  if(NOT sources)
    return()
  endif()
  set(target ${area}_tests)
  add_executable(${target} ${sources} ${support})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(${target} PRIVATE tw_test_support ${ARGN} gtest tw_strict)
  if(EMSCRIPTEN)
    target_link_options(${target} PRIVATE -sENVIRONMENT=node -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH
      -O0  # of the link only: optimising a program that runs for a second takes twenty
      --pre-js ${CMAKE_SOURCE_DIR}/tools/cmake/node-environment.js)
  endif()
  add_test(NAME ${area} COMMAND ${target} --gtest_output=json:${CMAKE_BINARY_DIR}/results/${area}.json
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(TARGET tidewater)
    set_property(TEST ${area} PROPERTY ENVIRONMENT "TIDEWATER_BINARY=$<TARGET_FILE:tidewater>")
  endif()
endfunction()

tw_test(core tw_core)
tw_test(domain tw_domain)
if(TARGET domain_tests)
  # What a second package says about the statutory days of China, from the first year of ours on.
  find_program(NODE_PROGRAM NAMES node nodejs NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  set(second_opinion ${CMAKE_BINARY_DIR}/generated/second_opinion.cpp)
  set(package ${TIDEWATER_DEPS_DIR}/chinese-workday)
  add_custom_command(OUTPUT ${second_opinion}
    COMMAND ${NODE_PROGRAM} ${CMAKE_SOURCE_DIR}/tools/second_opinion.mjs ${second_opinion} ${package} 2016 2040
    DEPENDS ${CMAKE_SOURCE_DIR}/tools/second_opinion.mjs ${package}/index.js
    COMMENT "Generating second_opinion.cpp" VERBATIM)
  target_sources(domain_tests PRIVATE ${second_opinion})
  target_compile_definitions(domain_tests PRIVATE TIDEWATER_DEPS="${TIDEWATER_DEPS_DIR}")
endif()
tw_test(api tw_api)
tw_test(db tw_db sqlite3)
tw_test(services tw_services sqlite3)  # which statements ran
tw_test(worker tw_worker)
tw_test(demo tw_demo)
if(NOT EMSCRIPTEN)
  tw_test(server tw_server httplib OpenSSL::SSL)  # a client of its own for TLS
  if(TARGET server_tests AND TARGET tidewater)
    add_dependencies(server_tests tidewater)  # some of them start the real program
  endif()
  tw_test(ui tw_storybook)
  tw_test(issues tw_server)
endif()

# --- tests/portable: programs that must print the same natively and under Node (tools/dev test same) ------------------
add_custom_target(portable)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/portable/*.cpp)
foreach(source IN LISTS sources)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/portable)
  target_link_libraries(${name} PRIVATE tw_test_support tw_domain gtest tw_strict)
  if(EMSCRIPTEN)
    target_link_options(${name} PRIVATE -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH -O0)
  endif()
  add_dependencies(portable ${name})
endforeach()

if(TIDEWATER_FUZZ)
  include(Fuzz)
endif()

# --- tests/bench: each *_bench.cpp is a program that prints promised figures beside bare SQLite's; not part of `all` --
file(GLOB benches CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/*_bench.cpp)
if(NOT EMSCRIPTEN AND benches)
  add_custom_target(bench)
  file(GLOB_RECURSE support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/ui/*.cpp
    ${CMAKE_SOURCE_DIR}/tests/support/server/*.cpp)
  add_library(tw_bench_support STATIC EXCLUDE_FROM_ALL ${support})
  target_link_libraries(tw_bench_support PUBLIC tw_test_support tw_server tw_storybook tw_demo httplib sqlite3 gtest PRIVATE tw_strict)
  foreach(source IN LISTS benches)
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
    target_link_libraries(${name} PRIVATE tw_bench_support tw_strict)
    add_dependencies(bench ${name})
  endforeach()
endif()
if(EMSCRIPTEN)
  # The one figure that is promised for wasm too.
  add_executable(plan_bench EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/bench/plan_bench.cpp)
  set_target_properties(plan_bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_link_libraries(plan_bench PRIVATE tw_test_support tw_domain gtest tw_strict)
  target_link_options(plan_bench PRIVATE -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH)
endif()

# --- tests/scenarios: one suite at three doors; this is the program behind the first (tools/dev test scenarios) --------
if(NOT EMSCRIPTEN)
  add_executable(dispatcher_door EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tests/scenarios/door.cpp)
  set_target_properties(dispatcher_door PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_link_libraries(dispatcher_door PRIVATE tw_worker tw_strict)
  add_custom_target(scenario_doors DEPENDS dispatcher_door tidewater)
endif()

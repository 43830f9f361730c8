# The local backend (client-wasm/worker): services and SQLite behind postMessage instead of behind a server. The library
# is also built natively, which is how it is tested; the program is WebAssembly for a Web Worker, and runs under Node too.
tw_library(tw_worker FOLDER client-wasm/worker AS worker WITHOUT "_em\\.cpp$" "/worker/main\\.cpp$" "/worker/demo/")
target_link_libraries(tw_worker PUBLIC tw_services tw_demo PRIVATE argon2)

if(EMSCRIPTEN)
  # What people download is built for size: with the tree's -Os, which packs better than -Oz here and is faster, and
  # without the names of types, which nobody asks for (exceptions bring their own). The tests of this tree run the same.
  foreach(target tw_core tw_domain tw_api tw_db tw_services tw_demo tw_worker sqlite3 argon2)
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
  endforeach()

  # Except for what every request goes through, letter by letter.
  set_source_files_properties(${CMAKE_SOURCE_DIR}/shared/core/json.cpp ${CMAKE_SOURCE_DIR}/shared/core/text.cpp
    PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-O2>)

  file(GLOB worker_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/worker/*_em.cpp)
  file(GLOB worker_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/worker/*.js)
  set(calls tw_catalogue tw_open tw_handle tw_run_jobs tw_set_up_token tw_players tw_act_as tw_move_clock tw_commits
    tw_export tw_take tw_load_block tw_changed_blocks)
  list(TRANSFORM calls PREPEND _)
  list(JOIN calls "," calls)
  add_executable(worker EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/client-wasm/worker/main.cpp ${worker_sources})
  set_target_properties(worker PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/worker
    LINK_DEPENDS "${worker_scripts}")
  target_link_libraries(worker PRIVATE tw_worker tw_strict)
  target_link_options(worker PRIVATE
    $<$<CONFIG:Release>:-Oz>
    --profiling-funcs        # names keep functions beside their kin, which packs better; they go with the second round
    -sENVIRONMENT=worker,node
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free,${calls}
    -sDYNAMIC_EXECUTION=0    # no eval: the page's Content-Security-Policy forbids it
    -sALLOW_MEMORY_GROWTH
    -sFILESYSTEM=0           # the database's files are handles that the page's browser gives (db/two_files.h)
    -sEXIT_RUNTIME=0)
  foreach(script IN LISTS worker_scripts)
    target_link_options(worker PRIVATE "SHELL:--js-library ${script}")
  endforeach()

  # As for the client: more rounds of shrinking. But short functions go into their callers, which packs as well: the
  # demo's world is made by code that no browser has had the time to optimise. Not with --ignore-implicit-traps, which
  # saves next to nothing here: it takes loads out of their branches, and some then read beside the memory.
  find_program(WASM_OPT wasm-opt)
  if(WASM_OPT AND CMAKE_BUILD_TYPE STREQUAL Release)
    add_custom_command(TARGET worker POST_BUILD
      COMMAND ${WASM_OPT} --enable-mutable-globals --enable-exception-handling --enable-bulk-memory --strip-debug -Os -Os
        --always-inline-max-function-size=8 --flexible-inline-max-function-size=20 worker.wasm -o worker.wasm
      WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/worker COMMENT "Shrinking worker.wasm" VERBATIM)
  endif()
  find_program(TERSER terser)
  if(TERSER AND CMAKE_BUILD_TYPE STREQUAL Release)
    add_custom_command(TARGET worker POST_BUILD  # all of it is ours alone: also what the script names at its top
      COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs
        ${TERSER} worker.js --compress passes=3,ecma=2017,unsafe_arrows --mangle --toplevel --output worker.js
      WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/worker COMMENT "Shrinking worker.js" VERBATIM)
  endif()
endif()

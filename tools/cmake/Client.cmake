# The client as the browser loads it: client.js (with web/boot.js at its end) and client.wasm. The storybook is a second
# program of the same parts with a page of its own, in build/client/storybook/; nothing of it is served by the server.
file(GLOB_RECURSE browser_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/*_em.cpp)
list(FILTER browser_sources EXCLUDE REGEX "/client-wasm/worker/")
file(GLOB_RECURSE browser_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/*.js)
list(FILTER browser_scripts EXCLUDE REGEX "/client-wasm/(worker|storybook)/")

file(GLOB boot CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/boot.js)

# What people download is built for size; -Oz comes after the tree's -Os and wins.
foreach(target tw_core tw_domain tw_api tw_client tw_storybook imgui)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Oz>)
endforeach()

# tw_browser_program(target main.cpp library [link option...])
function(tw_browser_program target main library)
  add_executable(${target} ${main} ${browser_sources})
  target_link_libraries(${target} PRIVATE ${library} tw_strict)
  target_link_options(${target} PRIVATE
    $<$<CONFIG:Release>:-Oz>
    --profiling-funcs                                # names keep functions beside their kin, which packs better; see below
    -sMALLOC=emmalloc                                # a frame allocates little; 3 KB less to load
    -sENVIRONMENT=web
    -sMODULARIZE -sEXPORT_NAME=createTidewater
    -sDYNAMIC_EXECUTION=0                            # no eval: the page's Content-Security-Policy forbids it
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
    -sALLOW_MEMORY_GROWTH
    -sFILESYSTEM=0
    -sEXIT_RUNTIME=0
    ${ARGN})
  foreach(script IN LISTS browser_scripts)
    target_link_options(${target} PRIVATE "SHELL:--js-library ${script}")
  endforeach()
  if(boot)
    target_link_options(${target} PRIVATE "SHELL:--extern-post-js ${boot}")
  endif()
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${browser_scripts};${boot}")
endfunction()

# _malloc, _free: scripts hand bytes over in memory that the module owns.
tw_browser_program(client ${CMAKE_SOURCE_DIR}/client-wasm/main.cpp tw_client
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free)

# A second round of shrinking, over flattened code, finds what the compiler's own round cannot: 7 KB less to load. Then
# what only somebody who is signed in needs becomes a file of its own (tools/split_client.py): 100 KB less before the
# sign-in form stands. Not with --ignore-implicit-traps: it takes loads out of their branches, and some then read beside
# the memory.
find_program(WASM_OPT wasm-opt)
find_program(WASM_SPLIT wasm-split)
if(WASM_OPT AND WASM_SPLIT AND CMAKE_BUILD_TYPE STREQUAL Release)
  set(shrink ${WASM_OPT} --enable-mutable-globals)
  add_custom_command(TARGET client POST_BUILD
    COMMAND ${shrink} -g --flatten --rereloop -Oz -Oz client.wasm -o whole.wasm
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/split_client.py --wasm-split ${WASM_SPLIT}
      --in whole.wasm --first client.wasm --rest signed_in.wasm
    COMMAND ${shrink} --strip-debug -Oz -Oz client.wasm -o client.wasm
    COMMAND ${shrink} --strip-debug -Oz -Oz signed_in.wasm -o signed_in.wasm
    BYPRODUCTS signed_in.wasm
    COMMENT "Shrinking and splitting client.wasm" VERBATIM)
  set_property(TARGET client APPEND PROPERTY LINK_DEPENDS ${CMAKE_SOURCE_DIR}/tools/split_client.py)
endif()

# The scripts: the compiler takes out white space, this also shortens names and says things briefly: 5 KB less to load.
find_program(TERSER terser)
if(TERSER AND CMAKE_BUILD_TYPE STREQUAL Release)
  add_custom_command(TARGET client POST_BUILD
    # Its parts are where Debian puts them; a Node.js that is not Debian's own must be told.
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs
      ${TERSER} client.js --compress passes=3,ecma=2017,unsafe_arrows --mangle --output client.js
    COMMENT "Shrinking client.js" VERBATIM)
endif()

set(storybook_folder ${CMAKE_SOURCE_DIR}/client-wasm/storybook)
tw_browser_program(storybook ${storybook_folder}/main.cpp tw_storybook
  -sEXPORTED_FUNCTIONS=_main,_malloc,_free,_tw_storybook_list -sEXPORTED_RUNTIME_METHODS=UTF8ToString)
set_target_properties(storybook PROPERTIES EXCLUDE_FROM_ALL ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/storybook)
file(GLOB storybook_page CONFIGURE_DEPENDS ${storybook_folder}/page/* ${CMAKE_SOURCE_DIR}/web/style.css)
file(GLOB catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/i18n/*.json)
add_custom_target(storybook_page
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/storybook/i18n
  COMMAND ${CMAKE_COMMAND} -E copy_if_different ${storybook_page} ${CMAKE_BINARY_DIR}/storybook
  COMMAND ${CMAKE_COMMAND} -E copy_if_different ${catalogues} ${CMAKE_BINARY_DIR}/storybook/i18n
  VERBATIM)
add_dependencies(storybook_page storybook)
add_custom_target(client_and_storybook DEPENDS client storybook_page)  # what the tests in the browser need

# The client as the browser loads it: client.js (with web/boot.js at its end) and client.wasm.
file(GLOB_RECURSE browser_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/*_em.cpp)
list(FILTER browser_sources EXCLUDE REGEX "/client-wasm/worker/")
file(GLOB_RECURSE browser_scripts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/client-wasm/*.js)
list(FILTER browser_scripts EXCLUDE REGEX "/client-wasm/worker/")

file(GLOB boot CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/boot.js)

# What people download is built for size; -Oz comes after the tree's -Os and wins.
foreach(target tw_core tw_domain tw_api tw_client imgui)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Oz>)
endforeach()

if(EXISTS ${CMAKE_SOURCE_DIR}/client-wasm/main.cpp)
  add_executable(client ${CMAKE_SOURCE_DIR}/client-wasm/main.cpp ${browser_sources})
  target_link_libraries(client PRIVATE tw_client tw_strict)
  target_link_options(client PRIVATE
    $<$<CONFIG:Release>:-Oz>
    -sMALLOC=emmalloc                                # a frame allocates little; 3 KB less to load
    -sENVIRONMENT=web
    -sMODULARIZE -sEXPORT_NAME=createTidewater
    -sDYNAMIC_EXECUTION=0                            # no eval: the page's Content-Security-Policy forbids it
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2
    -sALLOW_MEMORY_GROWTH
    -sFILESYSTEM=0
    -sEXPORTED_FUNCTIONS=_main,_malloc,_free         # scripts hand bytes over in memory that the module owns
    -sEXIT_RUNTIME=0)
  foreach(script IN LISTS browser_scripts)
    target_link_options(client PRIVATE "SHELL:--js-library ${script}")
  endforeach()
  if(boot)
    target_link_options(client PRIVATE "SHELL:--extern-post-js ${boot}")
    list(APPEND browser_scripts ${boot})
  endif()
  set_target_properties(client PROPERTIES LINK_DEPENDS "${browser_scripts}")
endif()

# The demo's world (client-wasm/worker/demo): part of the local backend in the browser, and built natively for its tests.
# Services throw, so it is left out where the tree has no exceptions.
file(GLOB demo_lists CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/demo/*.json)
tw_generated(demo_cpp embed_demo.py ${demo_lists})
tw_library(tw_demo FOLDER client-wasm/worker/demo AS demo GENERATED ${demo_cpp})
target_link_libraries(tw_demo PUBLIC tw_services)

# Finds Emscripten wherever the system put it, and repairs what Debian's package needs: the emulator's flags for ctest,
# and NODE_PATH for the link step where Node.js is not Debian's own.
find_program(EM_CONFIG em-config REQUIRED)
execute_process(COMMAND ${EM_CONFIG} EMSCRIPTEN_ROOT OUTPUT_VARIABLE _emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE)

# The generated glue of Emscripten 3 would read its .wasm with fetch() where Node has one, which cannot open files.
find_program(NODE_EXECUTABLE NAMES node nodejs REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR "${NODE_EXECUTABLE};--no-experimental-fetch")

include(${_emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)

find_program(DPKG_QUERY dpkg-query)
if(DPKG_QUERY AND NOT DEFINED ENV{NODE_PATH})
  execute_process(COMMAND ${DPKG_QUERY} -L node-acorn OUTPUT_VARIABLE _acorn_files ERROR_QUIET)
  if(_acorn_files MATCHES "\n([^\n]*)/acorn/package\\.json\n")
    set(CMAKE_C_LINKER_LAUNCHER ${CMAKE_COMMAND} -E env NODE_PATH=${CMAKE_MATCH_1})
    set(CMAKE_CXX_LINKER_LAUNCHER ${CMAKE_C_LINKER_LAUNCHER})
  endif()
endif()

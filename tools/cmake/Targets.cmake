# How a folder of the repository becomes a target.

# Makes build/<preset>/include/NAME, a folder that holds one symbolic link NAME -> the source folder, and returns it.
# A target that publishes this include root gives "NAME/file.h" to those who link it, and nothing else.
function(tw_include_root result folder name)
  set(root ${CMAKE_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${root}/${name} SYMBOLIC)
  set(${result} ${root} PARENT_SCOPE)
endfunction()

# tw_library(target FOLDER folder AS name [WITHOUT regex...] [GENERATED file...])
# A static library of all .cpp files below the folder. A folder without sources yet gives a library of one empty file,
# so that its headers can already be used.
function(tw_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;AS" "WITHOUT;GENERATED")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${arg_FOLDER}/*.cpp)
  foreach(pattern IN LISTS arg_WITHOUT)
    list(FILTER sources EXCLUDE REGEX "${pattern}")
  endforeach()
  if(NOT sources AND NOT arg_GENERATED)
    set(empty ${CMAKE_BINARY_DIR}/generated/empty.cpp)
    file(CONFIGURE OUTPUT ${empty} CONTENT "// This library has headers only.\n")
    set(sources ${empty})
  endif()
  add_library(${target} STATIC ${sources} ${arg_GENERATED})
  tw_include_root(root ${arg_FOLDER} ${arg_AS})
  target_include_directories(${target} PUBLIC ${root})
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:tw_strict>)
endfunction()

# tw_generated(result script input...): the source that tools/SCRIPT writes, called with the output and the inputs.
function(tw_generated result script)
  cmake_path(GET script STEM name)
  set(output ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/${script} ${output} ${ARGN}
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/tools/${script}
    COMMENT "Generating ${name}.cpp" VERBATIM)
  set(${result} ${output} PARENT_SCOPE)
endfunction()

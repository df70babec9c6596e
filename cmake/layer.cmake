# crossglot_layer(NAME [DEPENDS LAYER...] [EXTERNAL LIBRARY...] [PROGRAM NAME] [NATIVE] [HOSTED] SOURCES FILE...)
#
# Declares the layer core/NAME as the static library crossglot_NAME.
#   DEPENDS    the layers whose headers its files may include: tests/layers checks that they include no others
#   EXTERNAL   third-party targets of deps.cmake, without their crossglot::
#   PROGRAM    also an executable of this name: NAME/main.cpp over the library
#   NATIVE     left out of wasm builds
#   HOSTED     may use exceptions and RTTI: never part of what the browser loads
# `core/` is a PRIVATE include directory: nothing outside core/ includes a layer's headers by accident.
function(crossglot_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NATIVE;HOSTED" "PROGRAM" "DEPENDS;EXTERNAL;SOURCES")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "crossglot_layer(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(arg_NATIVE AND EMSCRIPTEN)
    return()
  endif()
  list(TRANSFORM arg_SOURCES PREPEND "${name}/")
  set(target "crossglot_${name}")
  crossglot_library(${target} "${arg_HOSTED}" ${arg_SOURCES})
  foreach(dependency IN LISTS arg_DEPENDS)
    list(APPEND libraries "crossglot_${dependency}")
  endforeach()
  foreach(library IN LISTS arg_EXTERNAL)
    list(APPEND libraries "crossglot::${library}")
  endforeach()
  crossglot_link(${target} ${libraries})
  if(arg_PROGRAM)
    add_executable(${arg_PROGRAM} ${name}/main.cpp)
    crossglot_settings(${arg_PROGRAM} "${arg_HOSTED}")
    target_link_libraries(${arg_PROGRAM} PRIVATE ${target})
    set_target_properties(${arg_PROGRAM} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  endif()
endfunction()

# crossglot_part(NAME OF LAYER [EXTERNAL LIBRARY...] SOURCES FILE...): files of a layer as a library of their own, so
# that a program can leave them out at link time. Its layer's rules hold for them.
function(crossglot_part name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OF" "EXTERNAL;SOURCES")
  list(TRANSFORM arg_SOURCES PREPEND "${arg_OF}/")
  crossglot_library(crossglot_${name} OFF ${arg_SOURCES})
  list(TRANSFORM arg_EXTERNAL PREPEND "crossglot::")
  crossglot_link(crossglot_${name} crossglot_${arg_OF} ${arg_EXTERNAL})
endfunction()

# crossglot_flags(LAYER PROCESSOR FILE FLAG...): more compiler flags for one file where the build is for that
# processor (x86_64, aarch64). Such a file holds nothing that other files could end up calling: it is for CPUs that
# say they can.
function(crossglot_flags layer processor file)
  string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR}" building_for)
  string(REGEX REPLACE "^amd64$" "x86_64" building_for "${building_for}")
  string(REGEX REPLACE "^arm64$" "aarch64" building_for "${building_for}")
  if(building_for STREQUAL processor AND NOT EMSCRIPTEN)
    set_source_files_properties("${layer}/${file}" PROPERTIES COMPILE_OPTIONS "${ARGN}")
  endif()
endfunction()

function(crossglot_link target)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL INTERFACE_LIBRARY)
    target_link_libraries(${target} INTERFACE ${ARGN})
  else()
    target_link_libraries(${target} PUBLIC ${ARGN})
  endif()
endfunction()

# A layer whose list of files is empty has nothing to link, only dependencies.
function(crossglot_library target hosted)
  if(NOT ARGN)
    add_library(${target} INTERFACE)
    return()
  endif()
  add_library(${target} STATIC ${ARGN})
  crossglot_settings(${target} "${hosted}")
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/core/include")
endfunction()

function(crossglot_settings target hosted)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/core")
  target_link_libraries(${target} PRIVATE crossglot_warnings)
  target_compile_definitions(${target} PRIVATE CROSSGLOT_VERSION="${PROJECT_VERSION}")
  if(NOT hosted)
    target_compile_options(${target} PRIVATE -fno-exceptions $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
  endif()
endfunction()

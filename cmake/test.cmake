# crossglot_test(NAME SOURCES FILE... LAYERS NAME... [EXTERNAL LIBRARY...] [ARGUMENTS ARG...] [NATIVE])
#
# One Catch2 program and one CTest of that name. In a wasm build the same program runs in Node, with the machine's
# files in reach, so that what is tested is what ships.
#   LAYERS     layers and parts it links (base, text, snowball, ...)
#   EXTERNAL   third-party targets of deps.cmake
#   NATIVE     left out of wasm builds: needs threads, a child process or a system library
function(crossglot_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NATIVE" "" "SOURCES;LAYERS;EXTERNAL;ARGUMENTS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "crossglot_test(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(arg_NATIVE AND EMSCRIPTEN)
    return()
  endif()
  set(target "test_${name}")
  add_executable(${target} ${arg_SOURCES})
  list(TRANSFORM arg_LAYERS PREPEND "crossglot_")
  list(TRANSFORM arg_EXTERNAL PREPEND "crossglot::")
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/core" "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE crossglot_warnings ${arg_LAYERS} ${arg_EXTERNAL} crossglot::catch2)
  target_compile_definitions(${target} PRIVATE CROSSGLOT_TESTS_DIR="${PROJECT_SOURCE_DIR}/tests")
  if(EMSCRIPTEN)
    target_link_options(${target} PRIVATE -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
      -sMAXIMUM_MEMORY=2GB -sSTACK_SIZE=1MB -sENVIRONMENT=node)
  endif()
  add_test(NAME ${name} COMMAND ${target} --colour-mode none ${arg_ARGUMENTS})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600)
endfunction()

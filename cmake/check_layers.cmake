# cmake -D CORE=DIR -P check_layers.cmake: every #include under CORE against the layer list in CORE/CMakeLists.txt.
#
# A file of a layer may include its own layer's headers, crossglot/ (the C interface) and those of the layers after
# DEPENDS. Intrinsics stand in the layer simd alone. A layer that is not HOSTED is on its way to the browser and pays
# for every header: no streams, no locale, no regular expressions, no JSON library; Eigen only in a part of its own
# that names it (crossglot_part ... EXTERNAL eigen), which nothing that ships links.
# A message that starts with a space is printed as it is, not wrapped.
cmake_minimum_required(VERSION 3.25)
set(intrinsics "[a-z]*mmintrin|immintrin|x86intrin|arm_neon|arm_sve|wasm_simd128")
set(heavy "iostream|sstream|fstream|regex|locale|format|nlohmann/.*|Eigen/.*")
set(includes 0)
get_filename_component(CORE "${CORE}" ABSOLUTE)

function(check_file layer file allowed hosted)
  file(STRINGS "${file}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^[^<\"]*[<\"]([^>\"]+)[>\"].*" "\\1" header "${line}")
    math(EXPR includes "${includes} + 1")
    if(header MATCHES "^(${intrinsics})(\\.h)?$" AND NOT layer STREQUAL simd)
      message(SEND_ERROR " ${file}: intrinsics belong in core/simd: ${header}")
    elseif(header MATCHES "^Eigen/" AND file IN_LIST eigen_files)
    elseif(header MATCHES "^(${heavy})$" AND NOT hosted)
      message(SEND_ERROR " ${file}: too heavy for the browser: ${header}")
    elseif(header MATCHES "^([a-z]+)/" AND CMAKE_MATCH_1 IN_LIST layers AND NOT CMAKE_MATCH_1 IN_LIST allowed)
      message(SEND_ERROR " ${file}: layer ${layer} may not include ${header}")
    elseif(line MATCHES "\"" AND NOT header MATCHES "/")
      message(SEND_ERROR " ${file}: name the layer in front of ${header}")
    endif()
  endforeach()
  set(includes ${includes} PARENT_SCOPE)
endfunction()

function(crossglot_flags)
endfunction()

# Read first for what parts declare, then for the layers.
function(crossglot_part name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OF" "EXTERNAL;SOURCES")
  if("eigen" IN_LIST arg_EXTERNAL)
    list(TRANSFORM arg_SOURCES PREPEND "${CORE}/${arg_OF}/")
    set(eigen_files ${eigen_files} ${arg_SOURCES} PARENT_SCOPE)
  endif()
endfunction()
function(crossglot_layer)
endfunction()
include("${CORE}/CMakeLists.txt")

function(crossglot_layer layer)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NATIVE;HOSTED" "PROGRAM" "DEPENDS;EXTERNAL;SOURCES")
  file(GLOB_RECURSE files "${CORE}/${layer}/*.cpp" "${CORE}/${layer}/*.h" "${CORE}/${layer}/*.c")
  foreach(file IN LISTS files)
    check_file(${layer} "${file}" "${layer};${arg_DEPENDS}" ${arg_HOSTED})
  endforeach()
  set(includes ${includes} PARENT_SCOPE)
  set(declared ${declared} ${layer} PARENT_SCOPE)
endfunction()

# Folders, not declarations, say what a layer is: a folder that no call declares is an error too.
file(GLOB layers RELATIVE "${CORE}" "${CORE}/*")
list(REMOVE_ITEM layers include CMakeLists.txt)
include("${CORE}/CMakeLists.txt")
foreach(layer IN LISTS layers)
  if(NOT layer IN_LIST declared)
    message(SEND_ERROR " ${CORE}/${layer} is no layer of ${CORE}/CMakeLists.txt")
  endif()
endforeach()
message(STATUS "${includes} includes checked")
if(includes EQUAL 0)
  message(FATAL_ERROR "nothing to check in ${CORE}")
endif()

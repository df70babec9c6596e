# Third-party code as targets: crossglot::libstemmer, crossglot::libdeflate, crossglot::json, crossglot::cli11,
# crossglot::eigen, crossglot::httplib, crossglot::catch2, crossglot::utf8proc, crossglot::unistring.
#
# Sources come from CROSSGLOT_DEPS, which ./dev fills (cmake/toolchain/sources.sh), so that native and wasm builds
# compile the same code. What only the native command and native tests use comes from the system.
set(CROSSGLOT_DEPS "${PROJECT_SOURCE_DIR}/.cache/deps" CACHE PATH "Where ./dev put third-party sources")

foreach(dep snowball/include/libstemmer.h libdeflate/libdeflate.h utf8proc/utf8proc.c catch2/catch_amalgamated.cpp
  include/nlohmann include/Eigen)
  if(NOT EXISTS "${CROSSGLOT_DEPS}/${dep}")
    message(FATAL_ERROR "${CROSSGLOT_DEPS}/${dep} is missing: run ./dev setup")
  endif()
endforeach()

file(GLOB snowball_sources "${CROSSGLOT_DEPS}/snowball/src_c/stem_UTF_8_*.c")
add_library(libstemmer STATIC EXCLUDE_FROM_ALL ${snowball_sources}
  "${CROSSGLOT_DEPS}/snowball/runtime/api.c" "${CROSSGLOT_DEPS}/snowball/runtime/utilities.c"
  "${CROSSGLOT_DEPS}/snowball/libstemmer/libstemmer_utf8.c")
target_include_directories(libstemmer SYSTEM PUBLIC "${CROSSGLOT_DEPS}/snowball/include")
target_compile_options(libstemmer PRIVATE -w)
add_library(crossglot::libstemmer ALIAS libstemmer)

file(GLOB libdeflate_sources "${CROSSGLOT_DEPS}/libdeflate/lib/*.c" "${CROSSGLOT_DEPS}/libdeflate/lib/*/cpu_features.c")
add_library(libdeflate STATIC EXCLUDE_FROM_ALL ${libdeflate_sources})
target_include_directories(libdeflate SYSTEM PUBLIC "${CROSSGLOT_DEPS}/libdeflate")
# It adds 0 to a null pointer when there is nothing to compress, and utf8proc when there is nothing to map.
target_compile_options(libdeflate PRIVATE -w -fno-sanitize=pointer-overflow)
add_library(crossglot::libdeflate ALIAS libdeflate)

add_library(crossglot_headers INTERFACE)
target_include_directories(crossglot_headers SYSTEM INTERFACE "${CROSSGLOT_DEPS}/include")
add_library(crossglot::json ALIAS crossglot_headers)
add_library(crossglot::cli11 ALIAS crossglot_headers)
add_library(crossglot::eigen ALIAS crossglot_headers)

add_library(catch2 STATIC EXCLUDE_FROM_ALL "${CROSSGLOT_DEPS}/catch2/catch_amalgamated.cpp")
target_include_directories(catch2 SYSTEM PUBLIC "${CROSSGLOT_DEPS}" "${CROSSGLOT_DEPS}/catch2")
target_compile_options(catch2 PRIVATE -w)
add_library(crossglot::catch2 ALIAS catch2)

# Oracle of the text tests: nothing that ships links it.
add_library(utf8proc STATIC EXCLUDE_FROM_ALL "${CROSSGLOT_DEPS}/utf8proc/utf8proc.c")
target_include_directories(utf8proc SYSTEM PUBLIC "${CROSSGLOT_DEPS}/utf8proc")
target_compile_definitions(utf8proc PUBLIC UTF8PROC_STATIC)
target_compile_options(utf8proc PRIVATE -w -fno-sanitize=pointer-overflow)
add_library(crossglot::utf8proc ALIAS utf8proc)

if(EMSCRIPTEN)
  # Catch2 throws to leave a failed test case.
  target_compile_options(catch2 PUBLIC -fexceptions)
  target_link_options(catch2 PUBLIC -fexceptions)
else()
  find_package(Threads REQUIRED)
  find_library(CROSSGLOT_HTTPLIB cpp-httplib)
  add_library(crossglot_httplib INTERFACE)
  target_link_libraries(crossglot_httplib INTERFACE ${CROSSGLOT_HTTPLIB} Threads::Threads)
  target_compile_definitions(crossglot_httplib INTERFACE
    CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_ZLIB_SUPPORT CPPHTTPLIB_BROTLI_SUPPORT)
  add_library(crossglot::httplib ALIAS crossglot_httplib)

  # Oracle of the text tests, native ones only.
  find_library(CROSSGLOT_UNISTRING unistring)
  add_library(crossglot_unistring INTERFACE)
  target_link_libraries(crossglot_unistring INTERFACE ${CROSSGLOT_UNISTRING})
  add_library(crossglot::unistring ALIAS crossglot_unistring)
endif()

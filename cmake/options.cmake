# Flags of every target. They reach third-party code too, so warnings are not among them (crossglot_warnings).
#
# -ffp-contract=off: a fused multiply-add rounds once where the wasm builder rounds twice, and both must write the
# same bytes.
add_compile_options(-ffp-contract=off)

if(CROSSGLOT_SANITIZE)
  # vptr needs RTTI, which the layers that ship are compiled without.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined -fno-sanitize=vptr)
endif()

if(EMSCRIPTEN)
  add_compile_options(-msimd128)
  if(CROSSGLOT_RELAXED_SIMD)
    add_compile_options(-mrelaxed-simd)
  endif()
  # Sizes and the linker's work both suffer from -O3 here; the browser's modules choose their own level (wasm/).
  set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
endif()

add_library(crossglot_warnings INTERFACE)
target_compile_options(crossglot_warnings INTERFACE -Wall -Wextra)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 sees overlapping copies in every std::string it inlines (its bug 105651).
  target_compile_options(crossglot_warnings INTERFACE -Wno-restrict)
endif()

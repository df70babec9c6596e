// tests/fuzz/targets.h - libFuzzer's entry point, which every target in this folder defines once.
//
// A target gives hostile bytes to one reader and reads everything that it then offers. With -DCROSSGLOT_FUZZER=ON
// (clang) targets are libFuzzer programs: `fuzz_list tests/fuzz/corpus/list`. Without it replay.cpp is their main():
// it runs the corpus and a fixed number of mutations of it, under CTest. Every crash found becomes a file in corpus/.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Hostile bytes of a tokenizer: whatever it accepts cuts texts into pieces that are there.
#include "text/tokenizer.h"

#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<Tokenizer> tokenizer = Tokenizer::create({data, size});
  if (!tokenizer) return 0;
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> ids;
  for (const char* const text :
       {"", "a", "Hello, wörld! 東京 hello", "\xFF\xE2\x82 ##ab [UNK] <s>", "aaaaaaaaaaaaaaaa"}) {
    tokenizer->tokenize(text, workspace, ids);
  }
  for (const std::uint32_t id : ids) CG_CHECK(id < tokenizer->piece_count());
  CG_CHECK(tokenizer->find("hello") <= tokenizer->piece_count());
  return 0;
}

#include "build/model/hugging_face_tokenizer.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Result<TokenizerPieces>& pieces :
       {read_tokenizer_json(text, 0), read_vocabulary_text(text, {}), read_vocabulary_text("[PAD]", text)}) {
    if (!pieces) {
      CG_CHECK(pieces.error().code == ErrorCode::kInput && !pieces.error().message.empty());
      continue;
    }
    CG_CHECK(pieces->kind == TokenizerKind::kWordPiece || pieces->scores.size() == pieces->pieces.size());
    const Result<Bytes> bytes = build_tokenizer(*pieces);
    if (!bytes) CG_CHECK(bytes.error().code == ErrorCode::kInput);
    if (bytes) CG_CHECK(Tokenizer::create(*bytes).ok());
  }
  return 0;
}

// Hostile text: both kinds of tokenizers cut it, pieces spell what the normaliser left, and a second run agrees.
#include <memory>

#include "fuzz/targets.h"
#include "text/nmt_nfkc.h"
#include "text/tokenizer.h"
#include "text/tokenizer_builder.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

constexpr std::uint32_t kUnknown = 0;

struct Vocabulary {
  explicit Vocabulary(TokenizerKind kind) {
    pieces.kind = kind;
    pieces.special = {kUnknown, 1, 2, 3};
    pieces.pieces.resize(4);
    for (const char* const text :
         {"\u2581", "a", "b", "e", "ab", "\u2581a", "##a", "##b", "##ab", "é", "が", "漢", "!"}) {
      pieces.pieces.emplace_back(text);
    }
    if (kind == TokenizerKind::kUnigram) {
      for (std::size_t id = 0; id < pieces.pieces.size(); ++id)
        pieces.scores.push_back(-1.5f - static_cast<float>(id));
    }
    Result<Bytes> bytes = build_tokenizer(pieces);
    CG_CHECK(bytes.ok());
    Result<Tokenizer> made = Tokenizer::create(*bytes);
    CG_CHECK(made.ok());
    tokenizer = std::make_unique<Tokenizer>(std::move(*made));
  }

  TokenizerPieces pieces;
  std::unique_ptr<Tokenizer> tokenizer;
};

// Takes the spelling of each piece off the front of `text`; an unknown piece takes characters up to the next one's.
void check_spelling(const Vocabulary& vocabulary, const std::vector<std::uint32_t>& ids, std::string_view text) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != kUnknown) {
      CG_CHECK(text.starts_with(vocabulary.pieces.pieces[ids[i]]));
      text.remove_prefix(vocabulary.pieces.pieces[ids[i]].size());
      continue;
    }
    CG_CHECK(!text.empty() && (i + 1 == ids.size() || ids[i + 1] != kUnknown));
    do {
      text.remove_prefix(decode_utf8(text, 0).size);
    } while (!text.empty() && (i + 1 == ids.size() || !text.starts_with(vocabulary.pieces.pieces[ids[i + 1]])));
  }
  CG_CHECK(text.empty());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Vocabulary unigram(TokenizerKind::kUnigram);
  static const Vocabulary wordpiece(TokenizerKind::kWordPiece);
  const std::string_view text = as_text({data, size});
  std::string normal;
  nmt_nfkc(text, normal);
  CG_CHECK(valid_utf8(normal) && !normal.ends_with("\u2581"));
  CG_CHECK(normal.empty() || normal.starts_with("\u2581"));
  TokenizerWorkspace workspace;
  for (const Vocabulary* const vocabulary : {&unigram, &wordpiece}) {
    std::vector<std::uint32_t> ids;
    vocabulary->tokenizer->tokenize(text, workspace, ids);
    for (const std::uint32_t id : ids) CG_CHECK(id == kUnknown || (id > 3 && id < vocabulary->pieces.pieces.size()));
    if (vocabulary == &unigram) check_spelling(unigram, ids, normal);
    std::vector<std::uint32_t> again;
    vocabulary->tokenizer->tokenize(text, workspace, again);
    CG_CHECK(ids == again);
  }
  return 0;
}

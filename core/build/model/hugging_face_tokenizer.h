// build/model/hugging_face_tokenizer.h - the pieces of a Hugging Face folder: tokenizer.json, or BERT's vocab.txt.
#pragma once

#include <optional>
#include <string_view>

#include "build/model/model.h"
#include "text/tokenizer_builder.h"

namespace crossglot {

// A "Precompiled" normaliser is taken for SentencePiece's nmt_nfkc, the only one that this family has.
// padding  config.json's pad_token_id, for a tokenizer.json that names none.
// Errors: kInput, naming file and field, with what can be read instead.
Result<TokenizerPieces> read_tokenizer_json(std::string_view json, std::optional<std::uint32_t> padding);

// A piece a line, with [PAD], [UNK], [CLS] and [SEP] among them.
// config  tokenizer_config.json, or empty: do_lower_case, strip_accents and tokenize_chinese_chars are read.
Result<TokenizerPieces> read_vocabulary_text(std::string_view text, std::string_view config);

}  // namespace crossglot

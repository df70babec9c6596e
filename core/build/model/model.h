// build/model/model.h - an encoder in memory, whatever it was imported from; what a pack is written of.
//
// Every importer gives this: E5S1 (e5s1.h), a Hugging Face folder (hugging_face.h), another pack (pack_reader.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "embed/pack_blocks.h"
#include "embed/pack_encoder.h"
#include "embed/weights.h"

namespace crossglot {

// What a person knows of a model and its files may not say.
struct ModelCard {
  std::string name;     // letters, digits, "-", "_" and ".": it becomes part of an npm package's name
  std::string license;  // an SPDX expression, or empty: not known
  std::string source;   // where it comes from, for people
  std::string query_prefix;
  std::string passage_prefix;
};

// Which group each row of the vocabulary belongs to (embed/pack_rows.h); group 0 is wanted first.
struct RowOrder {
  std::vector<std::string> labels;
  std::vector<std::uint8_t> group_of_piece;
};

// Moving it keeps the views valid.
struct Model {
  ModelCard card;
  EncoderWeights weights;
  BlockMatrix rows;            // [shape.pieces][shape.hidden]
  Bytes tokenizer;             // as Tokenizer::create reads it
  std::string tokenizer_kind;  // "unigram", "wordpiece"
  RowOrder order;              // by script, or as the pack had it
  std::string id;              // of a pack that was read; empty: computed from the content (pack_writer.h)

  // What the views point to.
  std::shared_ptr<const EncoderPack> encoder;  // of a pack that was read
  PackStorage numbers;
  std::vector<Bytes> codes;
};

// The content of a file of a folder, by name. Errors: kMissing where there is none, kIo.
using ReadFile = std::function<Result<Bytes>(const std::string& name)>;

}  // namespace crossglot

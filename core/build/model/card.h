// build/model/card.h - crossglot-card.json: what the files of a model do not say.
//
//   {"name": "my-model", "license": "MIT", "source": "where it is from",
//    "prefixes": {"query": "query: ", "passage": "passage: "}, "pooling": "mean"}
//
// Every field may be left out. `pooling` is "mean" or "cls".
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "build/model/model.h"

namespace crossglot {

inline constexpr const char* kCardName = "crossglot-card.json";

struct CardFile {
  ModelCard card;
  std::optional<Pooling> pooling;
};

// Errors: kInput; the message names the field.
Result<CardFile> read_card_file(std::string_view json);

// Whether it may be a folder's and an npm package's name: [a-z0-9._-], beginning with a letter or digit, at most 64.
bool valid_model_name(std::string_view name);

}  // namespace crossglot

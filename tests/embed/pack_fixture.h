// The real model pack, for tests and benches that want one: where it is, and everything in it.
#pragma once

#include <optional>
#include <string>

#include "embed/loaded_rows.h"
#include "embed/pack_encoder.h"
#include "text/tokenizer.h"

namespace crossglot::test {

struct RealModel {
  EncoderPack encoder;
  LoadedRows rows;  // every page
  Tokenizer tokenizer;
  std::string query_prefix, passage_prefix;
};

// The folder of the pack: CROSSGLOT_MODEL in the environment, or where ./dev model puts it. Empty: there is none.
std::string model_folder();

// Fails with a message on stderr when the pack is broken.
std::optional<RealModel> read_model(const std::string& folder);

// Begin, the pieces of prefix + text, end: at most `pieces_max`, cut before the end.
std::vector<std::uint32_t> pieces_of(const RealModel& model, const std::string& prefix, const std::string& text,
                                     std::size_t pieces_max);

}  // namespace crossglot::test

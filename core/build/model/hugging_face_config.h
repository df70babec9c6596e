// build/model/hugging_face_config.h - the shape of an encoder out of a Hugging Face folder's JSON files.
#pragma once

#include <optional>

#include "build/model/model.h"

namespace crossglot {

struct HuggingFaceConfig {
  EncoderShape shape;                  // pieces: not set; the tokenizer decides
  std::uint32_t stored_positions = 0;  // rows of the table in the file
  std::uint32_t first_position = 0;    // its row for a text's first piece: XLM-R keeps the rows before for padding
  std::uint32_t types = 0;
  std::uint32_t vocabulary = 0;
  std::optional<std::uint32_t> padding;
};

// pooling  of the card; otherwise 1_Pooling/config.json decides.
// Errors: kInput naming file and field, with what can be read instead; as `read` gives them.
Result<HuggingFaceConfig> read_hugging_face_config(const ReadFile& read, std::optional<Pooling> pooling);

}  // namespace crossglot

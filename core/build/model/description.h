// build/model/description.h - model.json: the root of a model pack, the only file whose name never changes.
//
// Bytes: core/format/MODEL.md, "model.json".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "build/model/model.h"

namespace crossglot {

inline constexpr const char* kDescriptionName = "model.json";
inline constexpr const char* kPackExtension = ".cgm";
inline constexpr std::size_t kDescriptionBytesMax = 1u << 20;

struct PackFile {
  std::string name;
  std::uint64_t size = 0;  // bytes of the gzip file
  std::uint64_t raw = 0;   // bytes of its content
  std::string sha256;      // of the content, 64 hex digits
};

struct ModelDescription {
  std::string generator;
  std::string id;  // 32 hex digits: the same for packs that give the same vectors (pack_writer.h)
  ModelCard card;
  EncoderShape shape;  // as the first encoder file has it
  std::string tokenizer_kind;
  PackFile tokenizer;
  std::vector<PackFile> encoder;  // in the order in which EncoderPack attaches them
  PackFile rows;                  // the table; the pages stand there
  std::uint64_t pages = 0;        // how many pages the folder has
  std::uint64_t files = 0;        // all files but model.json
  std::uint64_t bytes = 0;        // their sizes together
};

std::string write_description(const ModelDescription& description);
// Errors: kCorrupt, kTooNew, kTooOld; kInput for a model of a family that this build cannot run.
Result<ModelDescription> read_description(std::string_view json);

}  // namespace crossglot

#include "build/model/description.h"

#include <nlohmann/json.hpp>

#include "build/model/json_fields.h"
#include "embed/pack_encoder.h"
#include "embed/pack_header.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr const char* kFamily = "bert";
constexpr std::size_t kEncoderFilesMax = 64;
constexpr std::size_t kNameDigits = 16;
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kIdDigits = 32;
constexpr std::size_t kPrefixBytesMax = 1024;

Error corrupt(const std::string& what) {
  return make_error(ErrorCode::kCorrupt, std::string(kDescriptionName) + ": " + what);
}

const char* pooling_name(Pooling pooling) {
  return pooling == Pooling::kMean ? "mean" : "first";
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

OrderedJson file_json(const PackFile& file) {
  return {{"name", file.name}, {"size", file.size}, {"raw", file.raw}, {"sha256", file.sha256}};
}

bool read_file_entry(const Json* json, PackFile& file) {
  return json != nullptr && read_field(*json, "name", file.name) && read_field(*json, "size", file.size) &&
         read_field(*json, "raw", file.raw) && read_field(*json, "sha256", file.sha256) &&
         is_hex(file.sha256, kDigestDigits) && file.name == file.sha256.substr(0, kNameDigits) + kPackExtension &&
         file.size > 0 && file.size <= 2 * kPackRawBytesMax && file.raw <= kPackRawBytesMax;
}

bool read_shape(const Json& json, EncoderShape& shape) {
  std::string pooling;
  if (!read_field(json, "layers", shape.layers) || !read_field(json, "hidden", shape.hidden) ||
      !read_field(json, "heads", shape.heads) || !read_field(json, "feedForward", shape.feed_forward) ||
      !read_field(json, "positions", shape.positions) || !read_field(json, "pieces", shape.pieces) ||
      !read_field(json, "epsilon", shape.layer_norm_epsilon) || !read_field(json, "pooling", pooling)) {
    return false;
  }
  shape.pooling = pooling == pooling_name(Pooling::kMean) ? Pooling::kMean : Pooling::kFirst;
  return pooling == pooling_name(shape.pooling);
}

bool read_card(const Json& json, ModelCard& card) {
  const Json* prefixes = find_field(json, "prefixes");
  return read_field(json, "name", card.name) && read_field(json, "license", card.license) &&
         read_field(json, "source", card.source) && prefixes != nullptr &&
         read_field(*prefixes, "query", card.query_prefix) && read_field(*prefixes, "passage", card.passage_prefix) &&
         card.query_prefix.size() <= kPrefixBytesMax && card.passage_prefix.size() <= kPrefixBytesMax;
}

bool read_files(const Json& json, ModelDescription& description) {
  const Json* tokenizer = find_field(json, "tokenizer");
  const Json* encoder = find_field(json, "encoder");
  const Json* rows = find_field(json, "rows");
  if (tokenizer == nullptr || encoder == nullptr || rows == nullptr) return false;
  if (!read_field(*tokenizer, "kind", description.tokenizer_kind) ||
      !read_file_entry(tokenizer, description.tokenizer) || !read_file_entry(rows, description.rows) ||
      !read_field(*rows, "pages", description.pages)) {
    return false;
  }
  if (!encoder->is_array() || encoder->size() < 2 || encoder->size() > kEncoderFilesMax) return false;
  for (const Json& entry : *encoder) {
    if (!read_file_entry(&entry, description.encoder.emplace_back())) return false;
  }
  return true;
}

}  // namespace

std::string write_description(const ModelDescription& description) {
  const EncoderShape& shape = description.shape;
  const ModelCard& card = description.card;
  OrderedJson json;
  json["format"] = kPackVersion;
  json["generator"] = description.generator;
  json["id"] = description.id;
  json["name"] = card.name;
  json["license"] = card.license;
  json["source"] = card.source;
  json["family"] = kFamily;
  json["layers"] = shape.layers;
  json["hidden"] = shape.hidden;
  json["heads"] = shape.heads;
  json["feedForward"] = shape.feed_forward;
  json["positions"] = shape.positions;
  json["pieces"] = shape.pieces;
  json["epsilon"] = static_cast<double>(shape.layer_norm_epsilon);
  json["pooling"] = pooling_name(shape.pooling);
  json["prefixes"] = {{"query", card.query_prefix}, {"passage", card.passage_prefix}};
  json["tokenizer"] = {{"kind", description.tokenizer_kind}};
  json["tokenizer"].update(file_json(description.tokenizer));
  json["encoder"] = OrderedJson::array();
  for (const PackFile& file : description.encoder) json["encoder"].push_back(file_json(file));
  json["rows"] = file_json(description.rows);
  json["rows"]["pages"] = description.pages;
  json["files"] = description.files;
  json["bytes"] = description.bytes;
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Result<ModelDescription> read_description(std::string_view text) {
  if (text.size() > kDescriptionBytesMax) return corrupt("is larger than any such file");
  const std::optional<Json> json = parse_object(text);
  if (!json) return corrupt("is not a JSON object, or cut off");
  std::uint64_t version = 0;
  if (!read_field(*json, "format", version)) return corrupt("names no format version");
  if (Status status = check_pack_version(version); !status) return status.error();
  std::string family;
  if (!read_field(*json, "family", family)) return corrupt("names no family");
  if (family != kFamily) {
    return make_error(ErrorCode::kInput, std::string(kDescriptionName) + ": a model of family \"" + family +
                                             "\"; this crossglot runs \"" + kFamily + "\"");
  }
  ModelDescription description;
  if (!read_field(*json, "generator", description.generator) || !read_field(*json, "id", description.id) ||
      !is_hex(description.id, kIdDigits) || !read_card(*json, description.card) ||
      !read_shape(*json, description.shape) || !read_files(*json, description) ||
      !read_field(*json, "files", description.files) || !read_field(*json, "bytes", description.bytes)) {
    return corrupt("lacks a field, or has one of another type or an impossible value");
  }
  if (Status status = check_shape(description.shape); !status) return corrupt(status.error().message);
  return description;
}

}  // namespace crossglot

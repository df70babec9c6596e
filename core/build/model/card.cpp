#include "build/model/card.h"

#include "build/model/json_fields.h"

namespace crossglot {
namespace {

constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kPrefixBytesMax = 1024;

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, std::string(kCardName) + ": " + what);
}

// A field that is there must be a string.
bool read_text(const nlohmann::json& object, const char* field, std::string& value) {
  return find_field(object, field) == nullptr || read_field(object, field, value);
}

}  // namespace

bool valid_model_name(std::string_view name) {
  constexpr std::string_view kFirst = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::string_view kOthers = "abcdefghijklmnopqrstuvwxyz0123456789._-";
  return !name.empty() && name.size() <= kNameBytesMax && kFirst.find(name.front()) != std::string_view::npos &&
         name.find_first_not_of(kOthers) == std::string_view::npos;
}

Result<CardFile> read_card_file(std::string_view text) {
  const std::optional<nlohmann::json> json = parse_object(text);
  if (!json) return bad("is not a JSON object");
  CardFile file;
  for (const auto& [field, value] : {std::pair<const char*, std::string*>{"name", &file.card.name},
                                     {"license", &file.card.license},
                                     {"source", &file.card.source}}) {
    if (!read_text(*json, field, *value)) return bad(std::string(field) + " is not a text");
  }
  if (!file.card.name.empty() && !valid_model_name(file.card.name)) {
    return bad("name: use a-z, 0-9, \".\", \"_\" and \"-\", at most 64 of them");
  }
  if (const nlohmann::json* prefixes = find_field(*json, "prefixes")) {
    if (!prefixes->is_object() || !read_text(*prefixes, "query", file.card.query_prefix) ||
        !read_text(*prefixes, "passage", file.card.passage_prefix)) {
      return bad("prefixes is not {\"query\": text, \"passage\": text}");
    }
    if (std::max(file.card.query_prefix.size(), file.card.passage_prefix.size()) > kPrefixBytesMax) {
      return bad("prefixes are at most 1024 bytes");
    }
  }
  std::string pooling;
  if (!read_text(*json, "pooling", pooling) || (!pooling.empty() && pooling != "mean" && pooling != "cls")) {
    return bad("pooling is \"mean\" or \"cls\"");
  }
  if (!pooling.empty()) file.pooling = pooling == "mean" ? Pooling::kMean : Pooling::kFirst;
  return file;
}

}  // namespace crossglot

#include "build/manifest.h"

#include <nlohmann/json.hpp>

#include "format/list.h"
#include "format/list_layout.h"
#include "format/part_header.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

Error corrupt(const std::string& what) {
  return make_error(ErrorCode::kCorrupt, "manifest.json: " + what);
}

bool number(const Json& object, const char* field, std::uint64_t& value) {
  const auto at = object.find(field);
  if (at == object.end() || !at->is_number_unsigned()) return false;
  value = at->get<std::uint64_t>();
  return true;
}

bool text(const Json& object, const char* field, std::string& value) {
  const auto at = object.find(field);
  if (at == object.end() || !at->is_string()) return false;
  value = at->get_ref<const std::string&>();
  return true;
}

bool is_hex(std::string_view value) {
  return value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The fields that say which file a list is, of languages and of vectors.
template <typename Entry>
bool read_list_file(const Json& json, const char* extension, Entry& entry) {
  return text(json, "list", entry.list) && number(json, "size", entry.size) && number(json, "raw", entry.raw) &&
         text(json, "sha256", entry.sha256) && entry.raw <= kRawBytesMax && entry.sha256.size() == 64 &&
         is_hex(entry.sha256) && entry.list == entry.sha256.substr(0, 16) + extension;
}

bool read_language(const Json& json, ManifestLanguage& language) {
  return json.is_object() && text(json, "lang", language.lang) && text(json, "dir", language.dir) &&
         number(json, "pages", language.pages) && number(json, "sections", language.sections) &&
         (language.dir == "ltr" || language.dir == "rtl") && !language.lang.empty() &&
         read_list_file(json, kListExtension, language);
}

bool read_vectors(const Json& json, Manifest& manifest) {
  const auto vectors = json.find("vectors");
  if (vectors == json.end()) return true;
  if (!vectors->is_array()) return false;
  for (const Json& entry : *vectors) {
    ManifestVectors& read = manifest.vectors.emplace_back();
    if (!entry.is_object() || !text(entry, "model", read.model) || !number(entry, "rows", read.rows)) return false;
    if (!read_list_file(entry, kVectorListExtension, read)) return false;
  }
  return true;
}

}  // namespace

std::string write_manifest(const Manifest& manifest) {
  OrderedJson json;
  json["format"] = kFormatVersion;
  json["generator"] = manifest.generator;
  json["groups"] = manifest.groups;
  json["languages"] = OrderedJson::array();
  for (const ManifestLanguage& language : manifest.languages) {
    json["languages"].push_back({{"lang", language.lang},
                                 {"dir", language.dir},
                                 {"pages", language.pages},
                                 {"sections", language.sections},
                                 {"list", language.list},
                                 {"size", language.size},
                                 {"raw", language.raw},
                                 {"sha256", language.sha256}});
  }
  for (const ManifestVectors& vectors : manifest.vectors) {
    json["vectors"].push_back({{"model", vectors.model},
                               {"rows", vectors.rows},
                               {"list", vectors.list},
                               {"size", vectors.size},
                               {"raw", vectors.raw},
                               {"sha256", vectors.sha256}});
  }
  json["files"] = manifest.files;
  json["bytes"] = manifest.bytes;
  return json.dump() + "\n";
}

Result<Manifest> read_manifest(std::string_view json_text) {
  if (json_text.size() > kManifestBytesMax) return corrupt("is larger than any manifest");
  const Json json = Json::parse(json_text.begin(), json_text.end(), nullptr, false);
  if (json.is_discarded() || !json.is_object()) return corrupt("is not a JSON object, or cut off");
  std::uint64_t version = 0;
  if (!number(json, "format", version)) return corrupt("names no format version");
  if (Status status = check_version(static_cast<std::uint8_t>(std::min<std::uint64_t>(version, 255))); !status) {
    return status.error();
  }
  Manifest manifest;
  const auto languages = json.find("languages");
  if (!text(json, "generator", manifest.generator) || !number(json, "groups", manifest.groups) ||
      !number(json, "files", manifest.files) || !number(json, "bytes", manifest.bytes) || languages == json.end() ||
      !languages->is_array()) {
    return corrupt("lacks a field or has one of another type");
  }
  for (const Json& entry : *languages) {
    if (!read_language(entry, manifest.languages.emplace_back())) return corrupt("describes a language wrongly");
  }
  if (!read_vectors(json, manifest)) return corrupt("describes vectors wrongly");
  return manifest;
}

}  // namespace crossglot

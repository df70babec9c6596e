#include "command/bundle_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/sha256.h"
#include "command/gunzip.h"
#include "format/list.h"

namespace crossglot::command {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kManifestName = "manifest.json";
// A cold query takes two or three rounds; a bundle that wants more is broken.
constexpr int kRoundsMax = 32;

// What a bundle may call its files: no separators, no "..", nothing a file system could read another way.
bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

bool read_number(const Json& object, const char* key, std::uint64_t& out) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_number_unsigned()) return false;
  out = at->get<std::uint64_t>();
  return true;
}

bool read_text(const Json& object, const char* key, std::string& out) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_string()) return false;
  out = at->get<std::string>();
  return true;
}

// The name of the first field that is missing or of the wrong kind; "" when all is well.
std::string read_language(const Json& object, ManifestLanguage& out) {
  if (!object.is_object()) return "languages";
  if (!read_text(object, "lang", out.lang)) return "lang";
  if (!read_text(object, "dir", out.dir)) return "dir";
  if (!read_number(object, "pages", out.pages)) return "pages";
  if (!read_number(object, "sections", out.sections)) return "sections";
  if (!read_text(object, "list", out.list) || !is_plain_name(out.list)) return "list";
  if (!read_number(object, "size", out.size)) return "size";
  if (!read_number(object, "raw", out.raw)) return "raw";
  if (!read_text(object, "sha256", out.sha256)) return "sha256";
  return "";
}

Result<Manifest> parse_manifest(ByteSpan bytes, const std::string& path) {
  const auto corrupt = [&](const std::string& what) { return make_error(ErrorCode::kCorrupt, path + ": " + what); };
  const Json root = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
  if (root.is_discarded() || !root.is_object()) return corrupt("not JSON, or cut off");
  Manifest manifest;
  if (!read_number(root, "format", manifest.format)) return corrupt("no format version");
  if (manifest.format != kFormatVersion) {
    const bool newer = manifest.format > kFormatVersion;
    return make_error(newer ? ErrorCode::kTooNew : ErrorCode::kTooOld,
                      path + ": format " + std::to_string(manifest.format) + ", this program reads format " +
                          std::to_string(kFormatVersion));
  }
  read_text(root, "generator", manifest.generator);
  if (!read_number(root, "groups", manifest.groups)) return corrupt("no valid field groups");
  if (!read_number(root, "files", manifest.files)) return corrupt("no valid field files");
  if (!read_number(root, "bytes", manifest.bytes)) return corrupt("no valid field bytes");
  const auto languages = root.find("languages");
  if (languages == root.end() || !languages->is_array()) return corrupt("no valid field languages");
  for (const Json& entry : *languages) {
    ManifestLanguage language;
    const std::string wrong = read_language(entry, language);
    if (!wrong.empty()) return corrupt("a language has no valid field " + wrong);
    manifest.languages.push_back(std::move(language));
  }
  return manifest;
}

}  // namespace

Result<BundleReader> BundleReader::open(std::string directory) {
  if (directory.size() > kManifestName.size() && directory.ends_with(std::string("/").append(kManifestName))) {
    directory.resize(directory.size() - kManifestName.size() - 1);
  }
  BundleReader reader;
  reader.directory_ = std::move(directory);
  const std::string path = reader.path(kManifestName);
  Result<Bytes> bytes = read_whole_file(path);
  if (!bytes) {
    if (bytes.error().code != ErrorCode::kMissing) return bytes.error();
    return make_error(ErrorCode::kMissing, reader.directory_ + ": not a bundle (there is no manifest.json)");
  }
  Result<Manifest> manifest = parse_manifest(*bytes, path);
  if (!manifest) return manifest.error();
  reader.manifest_ = std::move(*manifest);
  return reader;
}

std::string BundleReader::path(std::string_view name) const {
  return std::string(directory_).append("/").append(name);
}

Result<Bytes> BundleReader::read_file(std::string_view name) const {
  if (!is_plain_name(name)) {
    return make_error(ErrorCode::kCorrupt, directory_ + ": the bundle names a file that cannot be one of its own");
  }
  const std::string file = path(name);
  const Result<Bytes> stored = read_whole_file(file);
  if (!stored) return stored.error();
  return gunzip(*stored, kRawBytesMax, file);
}

Result<Bytes> BundleReader::read_list(const ManifestLanguage& language) const {
  Result<Bytes> raw = read_file(language.list);
  if (!raw) return raw;
  if (raw->size() != language.raw || hex(sha256(*raw)) != language.sha256) {
    return make_error(ErrorCode::kCorrupt, path(language.list) + ": not the content that manifest.json names");
  }
  return raw;
}

Status BundleReader::add_languages(const std::vector<std::string>& languages, Index& index) const {
  std::vector<const ManifestLanguage*> chosen;
  for (const std::string& lang : languages) {
    const auto at = std::find_if(manifest_.languages.begin(), manifest_.languages.end(),
                                 [&](const ManifestLanguage& entry) { return entry.lang == lang; });
    if (at == manifest_.languages.end()) {
      std::string names;
      for (const ManifestLanguage& entry : manifest_.languages) names += (names.empty() ? "" : ", ") + entry.lang;
      return make_error(ErrorCode::kArgument,
                        "the bundle has no language " + lang + "; it has: " + (names.empty() ? "none" : names));
    }
    if (std::find(chosen.begin(), chosen.end(), &*at) == chosen.end()) chosen.push_back(&*at);
  }
  if (languages.empty()) {
    for (const ManifestLanguage& entry : manifest_.languages) chosen.push_back(&entry);
  }
  for (const ManifestLanguage* language : chosen) {
    Result<Bytes> list = read_list(*language);
    if (!list) return list.error();
    const Status added = index.add_language(std::move(*list));
    if (!added) return make_error(added.error().code, path(language->list) + ": " + added.error().message);
  }
  return ok_status();
}

Result<SearchResponse> BundleReader::search(const SearchRequest& request, Index& index) const {
  std::set<std::string> attached;
  for (int round = 0; round < kRoundsMax; ++round) {
    const Result<std::vector<std::string>> names = index.needs(request);
    if (!names) return names.error();
    if (names->empty()) return index.search(request);
    for (const std::string& name : *names) {
      if (!attached.insert(name).second) continue;
      Result<Bytes> bytes = read_file(name);
      if (!bytes) return bytes.error();
      const Status status = index.attach(name, std::move(*bytes));
      if (!status) return make_error(status.error().code, path(name) + ": " + status.error().message);
    }
  }
  return make_error(ErrorCode::kCorrupt, directory_ + ": the bundle keeps asking for more files");
}

std::vector<std::string> split_languages(std::string_view list) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string_view name = list.substr(begin, end - begin);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (name == "all") return {};
    if (!name.empty()) names.emplace_back(name);
    begin = end + 1;
  }
  return names;
}

}  // namespace crossglot::command

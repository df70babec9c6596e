#include "command/bundle_reader.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "build/gzip.h"
#include "command/file.h"
#include "format/list.h"

namespace crossglot::command {

namespace {

// A cold query takes two or three rounds; a bundle that wants more is broken.
constexpr int kRoundsMax = 32;

// What a bundle may call its files: no separators, no "..", nothing a file system could read another way.
bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '.') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

Result<BundleReader> BundleReader::open(std::string directory) {
  const std::string manifest_suffix = std::string("/") + kManifestName;
  if (directory.ends_with(manifest_suffix)) directory.resize(directory.size() - manifest_suffix.size());
  BundleReader reader;
  reader.directory_ = std::move(directory);
  const std::string path = reader.path(kManifestName);
  Result<Bytes> bytes = read_whole_file(path);
  if (!bytes) {
    if (bytes.error().code != ErrorCode::kMissing) return bytes.error();
    return make_error(ErrorCode::kMissing, reader.directory_ + ": not a bundle (there is no manifest.json)");
  }
  if (bytes->size() > kManifestBytesMax) return make_error(ErrorCode::kCorrupt, path + ": far too large");
  Result<Manifest> manifest = read_manifest(as_text(*bytes));
  if (!manifest) {
    const std::string& message = manifest.error().message;
    const bool named = message.starts_with(kManifestName);
    return make_error(manifest.error().code, named ? reader.path(message) : path + ": " + message);
  }
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
  Result<Bytes> raw = gunzip(*stored, kRawBytesMax);
  if (!raw) return make_error(raw.error().code, file + ": " + raw.error().message);
  return raw;
}

template <typename Entry>
Result<Bytes> BundleReader::read_named(const Entry& entry) const {
  Result<Bytes> raw = read_file(entry.list);
  if (!raw) return raw;
  if (raw->size() != entry.raw || hex(sha256(*raw)) != entry.sha256) {
    return make_error(ErrorCode::kCorrupt, path(entry.list) + ": not the content that manifest.json names");
  }
  return raw;
}

Result<Bytes> BundleReader::read_list(const ManifestLanguage& language) const {
  return read_named(language);
}

Result<Bytes> BundleReader::read_list(const ManifestVectors& vectors) const {
  return read_named(vectors);
}

Status BundleReader::add_vectors(Index& index) const {
  if (manifest_.vectors.empty()) {
    return make_error(ErrorCode::kArgument, directory_ + ": the bundle has no vectors; index with --model");
  }
  const ManifestVectors& vectors = manifest_.vectors.front();
  Result<Bytes> list = read_list(vectors);
  if (!list) return list.error();
  const Status added = index.add_vectors(std::move(*list));
  if (!added) return make_error(added.error().code, path(vectors.list) + ": " + added.error().message);
  return ok_status();
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
    Result<SearchResponse> response = index.search(request);
    if (!response || response->needs.empty()) return response;
    for (const std::string& name : response->needs) {
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

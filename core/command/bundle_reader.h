// command/bundle_reader.h - a bundle in a folder on disk: the host that gives an Index the files it needs.
//
// The native twin of web/worker: the same manifest, the same calls, reading where the browser fetches.
// Errors name the file: kMissing (not there), kIo (cannot be read), kCorrupt (cut off, not gzip, wrong size),
// kTooNew and kTooOld (the manifest's format).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "build/manifest.h"
#include "search/index.h"

namespace crossglot::command {

class BundleReader {
 public:
  // directory  the bundle's folder (or the path of its manifest.json).
  static Result<BundleReader> open(std::string directory);

  const Manifest& manifest() const { return manifest_; }
  const std::string& directory() const { return directory_; }

  // The inflated list, checked against the manifest's size and SHA-256.
  Result<Bytes> read_list(const ManifestLanguage& language) const;
  Result<Bytes> read_list(const ManifestVectors& vectors) const;
  // The inflated content of a file that a list names. The caller checks it (Index::attach does).
  Result<Bytes> read_file(std::string_view name) const;
  std::string path(std::string_view name) const;

  // Adds the lists of these languages to `index`; all languages where `languages` is empty.
  // Errors: kArgument for a language that the bundle lacks, naming those that it has.
  Status add_languages(const std::vector<std::string>& languages, Index& index) const;

  // Adds the bundle's first list of vectors. Errors: kArgument where it has none.
  Status add_vectors(Index& index) const;

  // The whole answer: attaches what it needs.
  Result<SearchResponse> search(const SearchRequest& request, Index& index) const;

 private:
  template <typename Entry>
  Result<Bytes> read_named(const Entry& entry) const;

  std::string directory_;
  Manifest manifest_;
};

// "fr,de" -> {"fr", "de"}; "" and "all" -> {}. Spaces around a name are dropped.
std::vector<std::string> split_languages(std::string_view list);

}  // namespace crossglot::command

// build/manifest.h - manifest.json, the bundle's root, about 240 bytes a language, the only file whose name never
// changes.
//
// Bytes: core/format/FORMAT.md, "Manifest".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace crossglot {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr std::size_t kManifestBytesMax = 1u << 20;  // a reader takes no more, whatever the site

struct ManifestLanguage {
  std::string lang;
  std::string dir;
  std::uint64_t pages = 0;
  std::uint64_t sections = 0;
  std::string list;        // file name
  std::uint64_t size = 0;  // bytes of that file
  std::uint64_t raw = 0;   // bytes of its inflated content
  std::string sha256;      // of the inflated content, 64 hex digits
};

// The vectors of one model, where the bundle has any.
struct ManifestVectors {
  std::string model;  // whose vectors these are (format/vector_list.h)
  std::uint64_t rows = 0;
  std::string list;
  std::uint64_t size = 0;
  std::uint64_t raw = 0;
  std::string sha256;
};

struct Manifest {
  std::string generator;
  std::uint64_t groups = 0;
  std::vector<ManifestLanguage> languages;
  std::vector<ManifestVectors> vectors;
  std::uint64_t files = 0;  // all files of the bundle but the manifest
  std::uint64_t bytes = 0;  // their sizes together
};

std::string write_manifest(const Manifest& manifest);
// Errors: kCorrupt, kTooNew, kTooOld. File names are checked to be plain names of the bundle's folder.
Result<Manifest> read_manifest(std::string_view json);

}  // namespace crossglot

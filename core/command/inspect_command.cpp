// `crossglot inspect`: what a bundle holds, and whether every file of it is whole.
//
// Every file is read, inflated and hashed. A file that holds several kinds of parts counts its stored bytes to them
// in the proportion of their inflated sizes.
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>

#include "base/sha256.h"
#include "command/bundle_reader.h"
#include "command/command.h"
#include "command/terminal.h"
#include "format/list.h"
#include "format/vector_list.h"

namespace crossglot::command {

namespace {

enum Kind : std::size_t {
  kList,
  kTerms,
  kPositions,
  kPages,
  kTails,
  kWords,
  kFilters,
  kLengths,
  kDictionaries,
  kKinds
};
constexpr std::array<const char*, kKinds> kKindNames = {"list",  "terms",   "positions", "pages",       "tails",
                                                        "words", "filters", "lengths",   "dictionaries"};

struct Sizes {
  std::uint64_t parts = 0;
  std::uint64_t raw = 0;
  std::uint64_t stored = 0;
};

struct LanguageReport {
  const ManifestLanguage* entry = nullptr;
  bool stemmed = false;
  double average_page_length = 0;
  std::uint64_t files = 0;  // its list included
  std::uint64_t stored = 0;
  std::array<Sizes, kKinds> kinds;
};

struct VectorReport {
  const ManifestVectors* entry = nullptr;
  std::uint32_t dimensions = 0;
  std::uint64_t files = 0;  // its list included
  std::uint64_t stored = 0;
};

struct BundleReport {
  std::vector<LanguageReport> languages;
  std::vector<VectorReport> vectors;
  std::array<Sizes, kKinds> kinds;
  std::uint64_t files = 0;
  std::uint64_t stored = 0;
  std::uint64_t largest = 0;
};

// Reads every file of a list and checks it. Errors: as BundleReader::read_file, kCorrupt for a wrong hash.
Status check_files(const BundleReader& bundle, const std::vector<FileEntry>& files) {
  for (const FileEntry& file : files) {
    const Result<Bytes> raw = bundle.read_file(file.name);
    if (!raw) return raw.error();
    if (raw->size() != file.raw_size || file_hash(sha256(*raw)) != file.hash) {
      return make_error(ErrorCode::kCorrupt, bundle.path(file.name) + ": not the content that the list names");
    }
  }
  return ok_status();
}

LanguageReport measure(const ManifestLanguage& entry, const List& list) {
  LanguageReport report;
  report.entry = &entry;
  report.stemmed = list.stemmed;
  report.average_page_length = list.average_page_length;
  report.files = list.files.size() + 1;
  report.stored = entry.size;
  for (const FileEntry& file : list.files) report.stored += file.stored_size;
  std::uint64_t inline_raw = 0;
  const auto count = [&](Kind kind, const Part& part) {
    if (part.size == 0) return;
    Sizes& sizes = report.kinds[kind];
    ++sizes.parts;
    sizes.raw += part.size;
    const bool inside = part.file == kInlineFile;
    const std::uint64_t raw = inside ? entry.raw : list.files[part.file].raw_size;
    const std::uint64_t stored = inside ? entry.size : list.files[part.file].stored_size;
    if (inside) inline_raw += part.size;
    if (raw > 0) sizes.stored += stored * part.size / raw;
  };
  for (const TermShardRef& shard : list.term_shards) {
    count(kTerms, shard.terms);
    count(kPositions, shard.positions);
  }
  for (const PageShardRef& shard : list.page_shards) count(kPages, shard.part);
  for (const PageShardRef& shard : list.tail_shards) count(kTails, shard.part);
  count(kWords, list.words);
  count(kFilters, list.filters);
  count(kLengths, list.lengths);
  for (const DictionaryRef& dictionary : list.dictionaries) {
    for (const DictionaryShardRef& shard : dictionary.shards) count(kDictionaries, shard.part);
  }
  const std::uint64_t own = entry.raw > inline_raw ? entry.raw - inline_raw : 0;
  report.kinds[kList] = {1, own, entry.raw > 0 ? entry.size * own / entry.raw : 0};
  return report;
}

// Counts a list of vectors and its files.
Status add_vectors(const BundleReader& bundle, const ManifestVectors& entry, std::set<std::string>& seen,
                   BundleReport& report) {
  Result<Bytes> bytes = bundle.read_list(entry);
  if (!bytes) return bytes.error();
  const Result<VectorList> list = VectorList::open(std::move(*bytes));
  if (!list) return make_error(list.error().code, bundle.path(entry.list) + ": " + list.error().message);
  if (const Status status = check_files(bundle, list->files); !status) return status;
  VectorReport vectors{&entry, list->dimensions, 1 + list->files.size(), entry.size};
  if (seen.insert(entry.list).second) report.stored += entry.size;
  report.largest = std::max(report.largest, entry.size);
  for (const FileEntry& file : list->files) {
    vectors.stored += file.stored_size;
    if (seen.insert(file.name).second) report.stored += file.stored_size;
    report.largest = std::max<std::uint64_t>(report.largest, file.stored_size);
  }
  report.vectors.push_back(vectors);
  return ok_status();
}

Result<BundleReport> inspect(const BundleReader& bundle) {
  BundleReport report;
  Progress progress;
  std::set<std::string> seen;
  const auto& languages = bundle.manifest().languages;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    progress.show("checking", static_cast<double>(i) / static_cast<double>(languages.size()), languages[i].lang);
    Result<Bytes> bytes = bundle.read_list(languages[i]);
    if (!bytes) return bytes.error();
    const Result<List> list = List::open(std::move(*bytes));
    if (!list) return make_error(list.error().code, bundle.path(languages[i].list) + ": " + list.error().message);
    if (const Status status = check_files(bundle, list->files); !status) return status.error();
    if (seen.insert(languages[i].list).second) report.stored += languages[i].size;
    report.largest = std::max(report.largest, languages[i].size);
    for (const FileEntry& file : list->files) {
      if (seen.insert(file.name).second) report.stored += file.stored_size;
      report.largest = std::max<std::uint64_t>(report.largest, file.stored_size);
    }
    report.languages.push_back(measure(languages[i], *list));
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      report.kinds[kind].parts += report.languages.back().kinds[kind].parts;
      report.kinds[kind].raw += report.languages.back().kinds[kind].raw;
      report.kinds[kind].stored += report.languages.back().kinds[kind].stored;
    }
  }
  for (const ManifestVectors& vectors : bundle.manifest().vectors) {
    if (const Status status = add_vectors(bundle, vectors, seen, report); !status) return status.error();
  }
  report.files = seen.size() + 1;  // the manifest
  return report;
}

nlohmann::ordered_json kinds_json(const std::array<Sizes, kKinds>& kinds) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    out[kKindNames[kind]] = {{"parts", kinds[kind].parts}, {"raw", kinds[kind].raw}, {"stored", kinds[kind].stored}};
  }
  return out;
}

void print_json(const Manifest& manifest, const BundleReport& report) {
  nlohmann::ordered_json root;
  root["format"] = kFormatVersion;
  root["generator"] = manifest.generator;
  root["groups"] = manifest.groups;
  root["files"] = report.files;
  root["bytes"] = report.stored;
  root["largestFile"] = report.largest;
  root["kinds"] = kinds_json(report.kinds);
  root["languages"] = nlohmann::ordered_json::array();
  for (const LanguageReport& language : report.languages) {
    nlohmann::ordered_json entry;
    entry["lang"] = language.entry->lang;
    entry["dir"] = language.entry->dir;
    entry["pages"] = language.entry->pages;
    entry["sections"] = language.entry->sections;
    entry["stemmed"] = language.stemmed;
    entry["averagePageWords"] = language.average_page_length;
    entry["files"] = language.files;
    entry["bytes"] = language.stored;
    entry["kinds"] = kinds_json(language.kinds);
    root["languages"].push_back(std::move(entry));
  }
  for (const VectorReport& vectors : report.vectors) {
    root["vectors"].push_back({{"model", vectors.entry->model},
                               {"rows", vectors.entry->rows},
                               {"dimensions", vectors.dimensions},
                               {"files", vectors.files},
                               {"bytes", vectors.stored}});
  }
  std::printf("%s\n", root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
}

void print_text(const Manifest& manifest, const BundleReport& report) {
  std::printf("%s, format %u: %s groups, %s files, %s, largest %s; all files are whole\n\n",
              manifest.generator.c_str(), static_cast<unsigned>(kFormatVersion), grouped(manifest.groups).c_str(),
              grouped(report.files).c_str(), readable_size(report.stored).c_str(),
              readable_size(report.largest).c_str());
  std::printf("%-10s %4s %10s %10s %7s %10s", "language", "dir", "pages", "sections", "files", "stored");
  for (const char* name : kKindNames) std::printf(" %10s", name);
  std::printf("\n");
  for (const LanguageReport& language : report.languages) {
    std::printf("%-10s %4s %10s %10s %7s %10s", language.entry->lang.c_str(), language.entry->dir.c_str(),
                grouped(language.entry->pages).c_str(), grouped(language.entry->sections).c_str(),
                grouped(language.files).c_str(), readable_size(language.stored).c_str());
    for (const Sizes& sizes : language.kinds) std::printf(" %10s", readable_size(sizes.stored).c_str());
    std::printf("\n");
  }
  for (const VectorReport& vectors : report.vectors) {
    std::printf("\nvectors of %s: %s rows of %u dimensions, %s files, %s\n", vectors.entry->model.c_str(),
                grouped(vectors.entry->rows).c_str(), vectors.dimensions, grouped(vectors.files).c_str(),
                readable_size(vectors.stored).c_str());
  }
}

}  // namespace

int run_inspect(const InspectCommand& options) {
  const Result<BundleReader> bundle = BundleReader::open(options.bundle);
  if (!bundle) return fail(bundle.error());
  const Result<BundleReport> report = inspect(*bundle);
  if (!report) return fail(report.error());
  if (options.json) {
    print_json(bundle->manifest(), *report);
  } else {
    print_text(bundle->manifest(), *report);
  }
  return kExitDone;
}

}  // namespace crossglot::command

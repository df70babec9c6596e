// build/builder.h - documents in, bundle out, in two steps that need not run in one process.
//
//   analyse  documents.jsonl lines -> a segment: terms, positions, text of these documents, as bytes.
//            Independent of all other documents: runs in as many threads or workers as there are.
//   Builder  segments, in the order of the documents -> the bundle's files. The result depends on the documents
//            and their order alone: not on how they were cut into segments, nor on threads, nor on the platform.
//
// No hash-map order, std::hash, locale, clock or random number reaches the bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "build/vector_source.h"
#include "text/stemmer.h"

namespace crossglot {

class GenericMeans;
class Seed;

struct SkippedLine {
  std::uint64_t line = 0;  // 1-based, in the text given to analyse
  std::string message;     // names the field
};

struct AnalyseOptions {
  std::string file_name;         // for messages
  std::uint64_t first_line = 1;  // number of the text's first line, for messages
  bool keep_going = false;       // skip bad lines and count them; otherwise the first one is the error
};

struct Segment {
  Bytes bytes;
  std::uint64_t pages = 0;
  std::uint64_t sections = 0;
  std::vector<SkippedLine> skipped;
};

// jsonl  whole lines of documents.jsonl (DESIGN.md "Contracts at the seams").
// Errors: kInput naming file, line and field.
Result<Segment> analyse(std::string_view jsonl, const AnalyseOptions& options, Stemmer& stemmer);

struct BundleFile {
  std::string name;  // relative to the bundle's folder: "manifest.json", "a1b2c3d4e5f60718.cgt"
  Bytes bytes;       // as stored: gzip for all but the manifest
};

struct BuildReport {
  struct Language {
    std::string lang;
    std::uint64_t pages = 0, sections = 0, terms = 0, postings = 0, bytes = 0, files = 0;
  };
  std::vector<Language> languages;
  // What two languages taught each other.
  struct LanguagePair {
    std::string left, right;
    std::uint64_t pages = 0, lines = 0, aligned = 0, untranslated = 0, entries = 0;
  };
  std::vector<LanguagePair> pairs;
  // What queries in one language find among the pages in another (relevance.h): means over `queries`.
  struct Relevance {
    std::string from, to;
    std::uint64_t queries = 0;
    double ndcg_10 = 0, success_5 = 0;
  };
  std::vector<Relevance> relevance;
  std::string means;  // the vectors' means of queries as a file of generic_means.h; empty where there are no vectors
  std::string seed;   // BuildOptions::seed_words: tables of every pair as lines of a seed's file, without its head
  std::uint64_t groups = 0;
  std::uint64_t vector_rows = 0, vector_bytes = 0;
  std::vector<std::string> warnings;  // duplicate URLs, two pages claiming one translation: a sentence each
};

struct BuildOptions {
  unsigned threads = 1;  // for merging and compressing; does not change the bytes
  // Beside the dictionaries of the whole site, those that have not seen one of so many folds; and beside its vectors,
  // those that have not seen a language.
  unsigned eval_folds = 0;
  // The fold whose pages the means of languages are made without (build/centring.h), to be asked for those pages; 0:
  // made of all. Precondition: at most eval_folds.
  unsigned eval_means_without = 0;
  const Seed* seed = nullptr;             // borrowed: word tables of other documentation (seed.h)
  std::size_t seed_words = 0;             // so many words of each dictionary go into BuildReport::seed
  Stemmer* stemmer = nullptr;             // borrowed; with one the report says what relevance to expect
  const VectorSource* vectors = nullptr;  // borrowed; null: words alone
  const GenericMeans* means = nullptr;    // borrowed: of the same model, for languages that the site has little of
  std::function<void(std::string_view stage, double share)> progress;  // may be empty
};

class Builder {
 public:
  Builder();
  ~Builder();
  // Errors: kCorrupt when the bytes are not a segment of this version.
  Status add(Bytes segment);
  // The languages of what was added, ascending. Nothing is added afterwards.
  std::vector<std::string> languages(unsigned threads);
  // The texts that `BuildOptions::vectors` will be asked for, all different, in the order of that call: for a host
  // that encodes them between this call and finish(). Nothing is added in between. Borrowed to the end of finish().
  std::span<const EmbedText> texts(unsigned threads);
  // Consumes what was added. Files come in a fixed order, manifest.json last: written in this order, an
  // interrupted run leaves the old bundle working.
  Result<std::vector<BundleFile>> finish(const BuildOptions& options, BuildReport* report = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace crossglot

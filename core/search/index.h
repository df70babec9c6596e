// search/index.h - open an index and search it. Start here.
//
// The core never fetches. An Index is fed: add_language() with the language's list, then attach() with whatever files
// an answer lacks, in any order. search() answers at any time from what is there and says what it lacked.
//
//   search(request) -> hits, needs   fetch what is needed together, attach() each, ask again: two rounds for a cold
//                                    query (term shards, then the page shards of the best rows), none for a warm
//                                    one; a word that matches nothing adds the word list and the shards of its
//                                    corrections. A request for a draft needs the least: common words are left
//                                    out, excerpts are beginnings.
//
// Ownership  An Index owns copies of nothing but small tables: attached bytes are moved in.
// Threads    One thread at a time.
// Errors     come back as Result; nothing throws. A broken precondition aborts.
// Source     bytes: core/format/FORMAT.md. Ranking: BM25F (Robertson & Zaragoza 2009, section 3).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "text/stemmer.h"

namespace crossglot {

inline constexpr std::size_t kQueryBytesMax = 4096;  // longer queries are cut at a character boundary
inline constexpr std::size_t kQueryTermsMax = 64;    // further words of a query are ignored

inline constexpr std::uint32_t kNoDictionary = 0xffffffff;  // SearchRequest::fold: words are not translated

enum class SearchMode : std::uint8_t { kLexical, kDense, kHybrid };

struct SearchRequest {
  std::string query;            // UTF-8; quoted phrases, -word, OR, last word as a prefix
  std::string lang;             // the reader's language: whose version is shown, a prior for the query's language
  std::vector<std::string> in;  // languages whose versions may match and be shown; empty: the reader's language, and
                                // the others where it has too little, or lacks pages
  std::uint32_t fold = 0;  // of the dictionaries, in bundles made to be evaluated (format/list.h); not in the ABI
  std::vector<std::pair<std::string, std::string>> filters;  // key, value: values of one key are alternatives
  // Meaning takes part where there are a vector and add_vectors(); without them every mode is lexical.
  SearchMode mode = SearchMode::kHybrid;
  std::vector<float> vector;   // of the query, as the encoder of the index's model gives it; empty: words alone
  std::string held_out;        // language whose versions the vectors have not seen, in bundles made to be evaluated
  std::uint32_t limit = 10;    // rows
  std::uint32_t sections = 3;  // sections a row
  bool collapse = true;        // one row a translation group
  bool section_level = false;  // rows are sections, not pages (crossglot run --level section)
  bool prefix = true;          // the last word may go on (search as you type)
  bool draft = false;          // for a first sight: spares files where the answer is good enough without them
  bool text = true;            // fill title, heading and excerpt; false: identity and score only
};

struct Mark {
  std::uint32_t begin = 0;  // UTF-16 code units in the excerpt or title, half-open
  std::uint32_t end = 0;
};

struct SectionHit {
  std::string anchor;  // fragment without '#', may be empty
  std::string heading;
  std::string excerpt;  // plain text of the passage that matched best
  std::vector<Mark> marks;
  float score = 0;
};

struct Hit {
  std::string url;  // of the page, as indexed
  std::string group;
  std::string lang;
  std::string dir;  // "ltr", "rtl"
  std::string title;
  std::vector<Mark> title_marks;
  std::vector<SectionHit> sections;    // best first; at least one
  std::vector<std::string> languages;  // in which the group exists, as far as the attached lists say
  float score = 0;                     // strictly falling in one answer
};

struct Correction {
  std::string from;
  std::string to;
};

struct SearchResponse {
  std::vector<Hit> hits;
  std::uint64_t total = 0;            // rows that hold words, before `limit`; never fewer than there are hits
  std::vector<std::string> dropped;   // query words that the rows do not hold, as typed
  std::vector<Correction> corrected;  // words searched in another spelling
  std::vector<std::string> needs;     // files that would complete this answer; empty: the answer is complete
};

class Index {
 public:
  // stemmer  borrowed, outlives the index; null: no stemming (an index built with stems then loses recall).
  explicit Index(Stemmer* stemmer);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  // list  the inflated bytes of a language's list file.
  // Errors: kCorrupt, kTooNew, kTooOld, kArgument when the language is there already.
  Status add_language(Bytes list);

  // list  the inflated bytes of a list of vectors (format/vector_list.h). Only vectors of its model may be asked for.
  // Errors: kCorrupt, kTooNew, kTooOld, kArgument when there are vectors already.
  Status add_vectors(Bytes list);
  // Whose vectors these are, or empty.
  std::string vector_model() const;

  // name   as SearchResponse::needs has it; bytes: its inflated content, checked against the list's SHA-256.
  // Errors: kArgument for an unknown name, kCorrupt. On error the index is as before.
  // A file that is attached already is accepted and dropped.
  Status attach(std::string_view name, Bytes bytes);

  // The stemmer algorithms that the languages added so far use ("french"), for hosts that load them one by one.
  std::vector<std::string> stemmers() const;

  // Errors: kArgument.
  Result<SearchResponse> search(const SearchRequest& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The answer as JSON text (schema: web/protocol/types.ts SearchResults), for the C ABI and `--json`.
std::string to_json(const SearchResponse& response);

}  // namespace crossglot

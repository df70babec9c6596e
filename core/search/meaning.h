// search/meaning.h - what vectors add to an index, behind an interface: a page that searches words alone links
// nothing of it, since only Index::add_vectors() makes one.
//
// Threads  One at a time, as Index.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "format/list.h"
#include "search/fusion.h"
#include "search/index.h"

namespace crossglot {

// False where the linker shall drop what calls a Meaning, too: the browser's first module.
#ifdef CROSSGLOT_WORDS_ONLY
inline constexpr bool kHasMeaning = false;
#else
inline constexpr bool kHasMeaning = true;
#endif

class Meaning {
 public:
  virtual ~Meaning() = default;

  virtual std::string model() const = 0;

  // The file of that name, or null; `attached` says whether it is there already.
  virtual const FileEntry* find_file(std::string_view name, bool& attached) const = 0;
  // bytes: of a file that find_file() knows, already checked against its hash. Errors: kCorrupt; all is then as
  // before.
  virtual Status attach(std::string_view name, const Bytes& bytes) = 0;

  // The rows that words and vectors make together.
  // candidates  evaluated languages; which of the groups may be rows follows from them.
  // Errors: kArgument where the request's vector is not of this index, or what it holds out is not there.
  virtual Result<FusedRows> rank(const SearchRequest& request, const FusionCandidates& candidates) = 0;
  // Names of the files that rank() lacked.
  virtual std::vector<std::string> missing() const = 0;
};

// list: a list of vectors. Errors: kCorrupt, kTooNew, kTooOld.
Result<std::unique_ptr<Meaning>> open_meaning(Bytes list);

}  // namespace crossglot

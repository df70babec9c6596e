// text/stem_cache.h - the second key of a token, from the first.
//
// The stem is a function of the surface and the language alone (text/analyzer.h says which). Words repeat, so
// results are kept in a table of fixed slots, two candidates a surface: no eviction lists, no growth without bound.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/stemmer.h"
#include "text/unicode.h"

namespace crossglot {

class StemCache {
 public:
  // language, stemmer: as for Analyzer.
  StemCache(std::string_view language, Stemmer* stemmer);

  // The stem; valid until the next call.
  const std::string& stem(std::string_view surface);

 private:
  struct Slot {
    std::string surface;
    std::string stem;
  };

  // False when the stemmer lacks the algorithm: the stem is the word itself then.
  bool compute(std::string_view surface, std::string& stem);
  void grow();

  Stemmer* stemmer_;
  std::array<std::string_view, kScriptCount> algorithms_;  // by script of the word
  std::vector<Slot> slots_;                                // a power of two
  std::size_t misses_ = 0;                                 // since the table had its size
  std::string key_;
  std::string stemmed_;
};

}  // namespace crossglot

// text/stemmer.h - the seam between the analysis and the Snowball stemmers.
//
// The core calls a stemmer through this interface and does not know where it lives: natively and in the
// indexer's wasm all Snowball algorithms are linked (stemmer_snowball.cpp); in the browser each algorithm is a
// wasm module of its own of 7-9 KB that the worker loads when a language of the site needs it, and the host
// calls it. Both are compiled from the same Snowball sources, so they return the same bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace crossglot {

class Stemmer {
 public:
  virtual ~Stemmer() = default;
  // Replaces `stem` by the stem of `word` (UTF-8, NFKC, case folded, accents kept).
  // algorithm   a name out of stemmer_algorithm() (text/language.h), e.g. "french".
  // Returns false and leaves `stem` untouched when the algorithm is not there (not loaded, unknown).
  virtual bool stem(std::string_view algorithm, std::string_view word, std::string& stem) = 0;
};

// All Snowball algorithms, linked in. In a library target of its own: what ships to the browser lacks it.
std::unique_ptr<Stemmer> make_snowball_stemmer();

}  // namespace crossglot

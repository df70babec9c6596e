// lexical/query.h - what a reader typed, taken apart: words, quoted phrases, exclusions, alternatives.
//
//   web component "shadow root" -react vue OR lit
//   `----words--' `--phrase---' excluded  `alternatives
//
// Nothing a reader types is an error. A quote that never closes is ignored, "OR" with nothing beside it is a word,
// and an operator counts only where nobody would write it inside a name: `--flag`, `a-b`, `5"` and `C|B` are words.
// A query of exclusions alone (`-Wall`) excludes nothing: it is searched as words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crossglot {

struct Clause {
  std::string text;                  // what to analyse: consecutive plain words stay together
  bool phrase = false;               // was quoted
  bool negated = false;              // pages that hold it are left out
  bool alternative_of_last = false;  // OR: one of this clause and the one before it is enough
};

struct Query {
  std::vector<Clause> clauses;
  bool open_end = false;  // the last clause ends in a word that may still go on: no space, no quote after it
};

// text  UTF-8; cut at `bytes_max` at a character boundary. Control characters separate words.
Query parse_query(std::string_view text, std::size_t bytes_max);

}  // namespace crossglot

// text/expression.h - what belongs together between two spaces: identifiers, paths, hyphenated words, numbers.
//
// UAX #29 says where a word ends, and lets "end.Next" pass as one word and "well-known" as two. An expression is a
// row of pieces (runs of letters, digits and marks, with the inner punctuation of numbers and the apostrophes that
// UAX #29 lets stand) and of joins between them. Joins that are only punctuation between two words ("and/or",
// "end.Next") are told from those that make a name ("path/to/file", "file.txt"):
//
//   _ :: \ @ # -    always join (a hyphen joins words, too)
//   .               joins ASCII letters and digits, but not "end.Next": a small letter before, a capital after it
//   /               joins in a path: two slashes, a leading one, a file extension or an underscore in it; or TCP/IP
//   :               joins in front of digits: localhost:8080, 10:30, A1:B2
//   & +             join capitals: AT&T; keys and names: Ctrl+K
//
// A prefix belongs to its name (--flag, ./run, .NET, @scope, #include, $HOME, ~/x, /etc), so does a suffix (C++, F#).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "text/units.h"

namespace crossglot {

enum class Join : std::uint8_t {
  kNone,  // two words
  kUnderscore,
  kDot,
  kHyphen,
  kSlash,
  kBackslash,
  kAt,
  kPlus,
  kHash,
  kAmpersand,
  kColon,
  kDoubleColon,
};

// Units [begin, end) of a stretch.
struct UnitRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
};

struct Expression {
  std::vector<UnitRange> pieces;
  std::vector<Join> joins;  // joins[i] is between pieces[i] and pieces[i + 1]
  std::size_t begin = 0;    // of the prefix, or of the first piece
  std::size_t end = 0;      // of the suffix, or of the last piece
};

// Reads the expression whose first piece begins at the core unit `at`. Units before `floor` belong to others.
// boundaries  of words, by find_word_boundaries().
void read_expression(std::span<const CharUnit> units, std::span<const std::uint8_t> boundaries, std::size_t floor,
                     std::size_t at, Expression& expression);

// Cuts a piece at its humps: fooBar, XMLHttpRequest, base64Encode; but not URLs or IPv6. Fewer than two: no humps.
void split_humps(std::span<const CharUnit> units, UnitRange piece, std::vector<UnitRange>& humps);

}  // namespace crossglot

// build/fields.h - the fields of a section and what each is worth.
//
// BM25F (Robertson & Zaragoza 2009, section 3): the frequency of a term in a section is
//
//   sum over fields of  weight * count / (1 - b + b * length / average length)
//
// and saturates only afterwards, at query time (List::k1). The values were found on the index terms of
// LibreOffice Help (tests/bench, the half for tuning). A title names what its page is about, so one word there
// outweighs several in the body, the more the shorter the title. Elsewhere length stays out of the frequency (b of
// 0): codes then compress to half, and the page's length is normalised at query time (lexical/ranking.h), which
// ranked as well. A high k1 because a page's frequency is the sum over its sections.
#pragma once

#include <array>
#include <cstddef>

namespace crossglot {

enum Field : std::size_t { kTitle, kHeading, kBody, kCode, kFieldCount };

struct FieldWeights {
  std::array<double, kFieldCount> weight = {6.0, 2.5, 1.0, 0.8};
  std::array<double, kFieldCount> b = {0.5, 0.0, 0.0, 0.0};
  double identifier = 1.5;  // factor for a whole identifier: it is typed on purpose
  double part = 0.4;        // factor for a part of an identifier or joined word
  double compound = 0.5;    // factor for a compound's occurrence when it counts for a part of the compound
  double k1 = 3.0;
};

}  // namespace crossglot

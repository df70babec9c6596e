// format/term_shard.h - terms of a range of stems, each with its postings.
//
// Terms are grouped by stem; a group's terms are its surfaces (text/analyzer.h), each with its own posting list,
// so that a query finds all inflections and still knows which sections hold its very word.
//
//   stem "instal"   install (df 120)  installed (31)  installing (9)      <- a group: one TermGroup
//
// A posting is a section and a code: 5 bits of the term's frequency in the section, weighted by field
// (build/fields.h: BM25F's frequency before saturation), and 3 bits of the best place where the term stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

inline constexpr std::uint8_t kFrequencyMask = 0x1f;
inline constexpr std::uint8_t kPlaceMask = 0xe0;

// Places, as they stand in a code: of two, the higher one is the better. Title and heading tell how long they are.
inline constexpr std::uint8_t kInBody = 0x00;     // text or code
inline constexpr std::uint8_t kInHeading = 0x20;  // 0x40 of two or three words, 0x60 of one
inline constexpr std::uint8_t kInTitle = 0x80;    // 0xa0 of three or four words, 0xc0 of two, 0xe0 of one

// The place in a heading or title of so many words (at least 1).
std::uint8_t heading_place(std::uint32_t words);
std::uint8_t title_place(std::uint32_t words);
inline std::uint8_t place_of(std::uint8_t code) {
  return code & kPlaceMask;
}
// How much of its title or heading a term there is: 1 for the only word, about 1 over their number for more; 0 in the
// body. Looks at the place only.
float place_share(std::uint8_t code);

// 0..31 -> frequency: 0.05 * 1.28^code, about 0.05 to 105. encode rounds to the nearest in the logarithm.
std::uint8_t encode_frequency(double frequency);
float decode_frequency(std::uint8_t code);  // looks at the low five bits only

// Term flags.
// A whole identifier, number or version: its df counts the translation groups that hold it in any language.
inline constexpr std::uint8_t kIdentifierTerm = 1;
inline constexpr std::uint8_t kBigramTerm = 2;    // of a script that does not separate words
inline constexpr std::uint8_t kCompoundPart = 4;  // only ever seen as a part of a compound or identifier

struct Term {
  std::string surface;
  std::uint8_t flags = 0;
  std::uint32_t posting_count = 0;       // sections
  std::uint32_t document_frequency = 0;  // pages, for IDF (see kIdentifierTerm)
  std::uint32_t gaps_begin = 0;          // into the shard's stream of section gaps; known to the shard alone
  std::uint32_t codes_begin = 0;         // into its stream of codes
};

struct TermGroup {
  std::string stem;
  std::uint32_t document_frequency = 0;  // pages that hold any of its surfaces
  std::vector<Term> terms;               // in byte order of surfaces
};

struct Posting {
  std::uint32_t section = 0;
  std::uint8_t code = 0;
};

class TermShard {
 public:
  // sections: of the language, the bound that every posting is checked against (while decoding).
  // Errors: kCorrupt. The bytes are borrowed.
  static Result<TermShard> open(ByteSpan bytes, std::uint32_t sections);

  const std::vector<TermGroup>& groups() const { return groups_; }  // in byte order of stems
  // Of all postings, in order.
  ByteSpan codes() const { return codes_; }
  // Index of the first group whose stem is >= `stem`.
  std::size_t lower_bound(std::string_view stem) const;
  // Replaces `postings` by those of `term`, by section. Errors: kCorrupt.
  Status read_postings(const Term& term, std::vector<Posting>& postings) const;

 private:
  std::vector<TermGroup> groups_;
  ByteSpan gaps_;
  ByteSpan codes_;
  std::uint32_t sections_ = 0;
};

// term_shard_builder.cpp
struct TermPostings {  // one term while building; of `term` only surface, flags and document_frequency are read
  Term term;
  std::vector<Posting> postings;
};
struct GroupPostings {
  std::string stem;
  std::uint32_t document_frequency = 0;
  std::vector<TermPostings> terms;
};
Bytes build_term_shard(const std::vector<GroupPostings>& groups);

}  // namespace crossglot

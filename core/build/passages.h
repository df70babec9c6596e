// build/passages.h - what of a section the encoder reads: its place, its text, in windows.
//
//   "Guide > Install > On Linux Download the archive and ..."
//
// An encoder blurs what it reads at once, so a long section is several windows, each below the same headings, and the
// best one speaks for the section. On paragraphs of 130 words (xquad-r) three windows instead of one raise English
// nDCG@10 of vectors alone from .90 to .96; on a manual (fastapi) two are worth .01 to .02 (DECISIONS.md).
// Windows are cut by the width of text, an estimate of its pieces that needs no tokenizer.
//
// What a section is about, its headings and first sentence say best: they are its opening, encoded as a query, since
// it reads like one, and every window's row is drawn to it (build/vector_parts.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/page_shard.h"

namespace crossglot {

// Changes with the texts that the same documents give: part of the identity of a bundle's vectors.
inline constexpr const char* kPassageRules = "p2";

inline constexpr std::uint32_t kPieceWidth = 20;  // of an average piece of multilingual-e5's vocabulary
inline constexpr std::uint32_t kWindowWidth = 112 * kPieceWidth;
inline constexpr std::uint32_t kWindowsMax = 3;  // of a section; what is behind them is not read

// A letter is a quarter of a piece, a digit or a sign half of one, a Chinese, Japanese or Korean character a little
// more.
std::uint32_t text_width(std::string_view text);

// Into `count` runs of about the same width, cut at spaces or behind characters that need none. Precondition:
// count > 0. Only the part that fits into `count` windows is taken.
std::vector<std::string> cut_windows(std::string_view text, std::uint32_t count);

// The windows that a text of this width wants: 1..kWindowsMax.
std::uint32_t window_count(std::uint32_t width);

// Title and headings above and of each section, joined; what the section says, its code's beginning behind; and the
// headings with the first sentence.
struct Passage {
  std::string heading;
  std::string body;
  std::string opening;
};
std::vector<Passage> make_passages(const PageText& page);

// The first sentence of a text, or its first line's beginning; empty where there is none worth asking for.
std::string_view first_sentence(std::string_view text);

}  // namespace crossglot

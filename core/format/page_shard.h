// format/page_shard.h - what a result row shows: addresses, titles, headings and the text of some pages.
//
// In a large language a page shard has the beginning of a page's text alone, enough for a row; the rest lies in a
// tail shard, which is fetched where the beginning does not show what was searched. A section all of whose text lies
// there has its anchor there, too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

struct SectionText {
  std::string_view anchor;
  std::string_view heading;
  std::uint8_t level = 0;
  std::string_view text;  // one block element a line
  std::string_view code;
  bool goes_on = false;  // text and code go on in a tail shard

  // Whether the anchor and all of the text are still to come.
  bool is_behind() const { return goes_on && text.empty() && code.empty(); }
};

struct SectionTail {
  std::string_view anchor;  // of a section that is_behind()
  std::string_view text;
  std::string_view code;
};

struct PageText {
  std::string_view url;
  std::string_view group;
  std::string_view title;
  std::string_view lang;  // as written in the document: may be more exact than the list's ("pt-BR" in list "pt-BR")
  std::string_view dir;
  std::vector<SectionText> sections;
};

class PageShard {
 public:
  // Validates all of it. The bytes are borrowed. Errors: kCorrupt.
  static Result<PageShard> open(ByteSpan bytes);

  std::size_t page_count() const { return pages_.size(); }
  const PageText& page(std::size_t index) const;  // index within the shard

 private:
  std::vector<PageText> pages_;
};

inline constexpr std::uint8_t kLevelMax = 6;  // of a section's heading

// The rest of the sections of some pages, in order; a section that does not go on has an empty one.
class TailShard {
 public:
  // sections: how many the shard has. Validates all of it. The bytes are borrowed. Errors: kCorrupt.
  static Result<TailShard> open(ByteSpan bytes, std::size_t sections);

  const SectionTail& section(std::size_t index) const;  // index within the shard

 private:
  std::vector<SectionTail> sections_;
};

// page_shard_builder.cpp. Precondition: no level is above kLevelMax.
Bytes build_page_shard(std::span<const PageText> pages);
Bytes build_tail_shard(std::span<const SectionTail> sections);

}  // namespace crossglot

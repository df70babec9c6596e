// format/page_shard.h - what a result row shows: addresses, titles, headings and the text of some pages.
#pragma once

#include <cstdint>
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

// page_shard_builder.cpp
Bytes build_page_shard(const std::vector<PageText>& pages);

}  // namespace crossglot

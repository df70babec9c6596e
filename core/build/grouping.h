// build/grouping.h - which pages are translations of each other.
//
// In this order: what the document says ("group"); what hreflang said ("alternates"); the same path but for the
// language in it ("/fr/guide/" and "/guide/", "guide.fr.html" and "guide.en.html"); else the page is alone.
// A group holds at most one page a language: a second one leaves with a warning and stands alone. Alternates that are
// no page are passed over, with one warning for all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "build/segment.h"

namespace crossglot {

struct Grouping {
  std::vector<std::uint32_t> group_of;  // by page
  std::vector<std::string> names;       // by group; groups are numbered by their first page; names are unique
};

// pages  in document order, URLs all different. Warnings are appended, a sentence each.
Grouping group_pages(const std::vector<const SegmentPage*>& pages, std::vector<std::string>& warnings);

// `url` without host and language: "https://x.org/fr/guide/" of lang "fr" -> "guide/".
std::string language_free_path(std::string_view url, std::string_view lang);

}  // namespace crossglot

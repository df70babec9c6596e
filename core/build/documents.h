// build/documents.h - one line of documents.jsonl, validated.
//
//   {"url": "/fr/guide/", "lang": "fr", "title": "Guide", "group": "guide/", "weight": 1.0, "dir": "ltr",
//    "alternates": {"en": "/en/guide/"}, "filters": {"version": ["2.1"]},
//    "sections": [{"anchor": "installer", "level": 2, "heading": "Installer", "text": "...", "code": "npm i x",
//                  "spans": [[0, 12, "en"]]}]}
//
// Only "url" must be there. A page without "lang" is indexed under "und" (undetermined). `spans` are validated and
// dropped: a query is analysed in the language of the list it is asked of, so a word in another language must be
// stemmed like the rest of its page or it would not be found. Unknown fields are ignored.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace crossglot {

struct DocumentSection {
  std::string anchor;
  std::string heading;
  std::uint8_t level = 0;
  std::string text;
  std::string code;
};

struct Document {
  std::string url;
  std::string lang;  // normalised
  std::string title;
  std::string group;  // empty: none given
  std::string dir;    // "ltr" or "rtl"
  double weight = 1.0;
  std::vector<std::pair<std::string, std::string>> alternates;  // language, url; by language
  std::vector<std::pair<std::string, std::string>> filters;     // key, value; by key, values in their order
  std::vector<DocumentSection> sections;                        // at least one; [0] is the lead
};

inline constexpr const char* kUndetermined = "und";

// line  without its newline. Errors: kInput, the message names the field ("sections[2].level: ...").
Result<Document> parse_document(std::string_view line);

// Byte of the first error in `text`, or text.size() when it is UTF-8 (no surrogates, no overlong forms).
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace crossglot

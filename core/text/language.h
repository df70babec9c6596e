// text/language.h - what the core knows about languages by their tag.
#pragma once

#include <string>
#include <string_view>

namespace crossglot {

// A BCP-47 tag in its usual spelling: "zh_cn" -> "zh-CN", "EN-us" -> "en-US", "sr_latn" -> "sr-Latn".
// A tag that is not well formed gives "".
std::string normalize_language(std::string_view tag);

// The primary subtag, with the older names replaced: "fr-FR" -> "fr", "iw" -> "he", "in" -> "id".
std::string primary_language(std::string_view tag);

// Snowball's name of the algorithm for words of `tag`'s own script ("fr-CA" -> "french"), or "".
std::string_view stemmer_algorithm(std::string_view tag);

// "rtl" for languages (or script subtags) written from right to left, else "ltr".
std::string_view text_direction(std::string_view tag);

}  // namespace crossglot

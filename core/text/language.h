// text/language.h - what the core knows about languages by their tag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/unicode.h"

namespace crossglot {

// A BCP-47 tag in its usual spelling: "zh_cn" -> "zh-CN", "EN-us" -> "en-US", "sr_latn" -> "sr-Latn".
// A tag that is not well formed gives "".
std::string normalize_language(std::string_view tag);

// The primary subtag, with the older names replaced: "fr-FR" -> "fr", "iw" -> "he", "in" -> "id".
std::string primary_language(std::string_view tag);

// Snowball's name of the algorithm for words of `tag`'s own script ("fr-CA" -> "french"), or "".
std::string_view stemmer_algorithm(std::string_view tag);

// The algorithm for words of `script` on a page of `tag`, or "". Of the language for its own scripts;
// "english" for Latin words in a language of another script. Other foreign scripts are not stemmed, so that a site
// needs no stemmer for words it hardly has.
std::string_view stemmer_algorithm_for(std::string_view tag, Script script);

// Every algorithm that the analysis of a language may call: "ru" -> russian, english; "ja" -> english.
std::vector<std::string_view> stemmer_algorithms(std::string_view tag);

// Whether words of `tag` are written in `script`: "ja" in Han, Hiragana and Katakana, "fr" in Latin.
bool writes_script(std::string_view tag, Script script);

// "rtl" for languages (or script subtags) written from right to left, else "ltr".
std::string_view text_direction(std::string_view tag);

}  // namespace crossglot

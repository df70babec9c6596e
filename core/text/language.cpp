#include "text/language.h"

#include <algorithm>
#include <array>

#include "text/words.h"

namespace crossglot {
namespace {

constexpr std::size_t kTagBytesMax = 64;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

bool all_letters(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_letter);
}
bool well_formed(std::string_view subtag, bool first) {
  if (subtag.empty() || subtag.size() > 8) return false;
  if (first) return subtag.size() >= 2 && all_letters(subtag);
  return std::all_of(subtag.begin(), subtag.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

std::string_view subtag_at(std::string_view tag, std::size_t begin) {
  const std::size_t end = tag.find_first_of("-_", begin);
  return tag.substr(begin, end == std::string_view::npos ? tag.size() - begin : end - begin);
}

constexpr std::string_view kRenamed = "iw:he in:id ji:yi jw:jv mo:ro tl:fil sh:sr";

// Bokmål and Nynorsk (both written "no" too) share Snowball's Norwegian; Malay inflects as Indonesian does.
constexpr std::string_view kStemmers =
    "ar:arabic ca:catalan da:danish de:german el:greek en:english es:spanish eu:basque fi:finnish fr:french ga:irish "
    "hi:hindi hu:hungarian hy:armenian id:indonesian it:italian lt:lithuanian ms:indonesian nb:norwegian ne:nepali "
    "nl:dutch nn:norwegian no:norwegian pt:portuguese ro:romanian ru:russian sr:serbian sv:swedish ta:tamil "
    "tr:turkish yi:yiddish";

constexpr std::string_view kRightToLeft = "ar arc ckb dv fa he ks ps sd syr ug ur yi";
constexpr std::string_view kRightToLeftScripts = "Adlm Arab Hebr Mand Nkoo Rohg Syrc Thaa";

struct Writers {
  Script script;
  std::string_view languages;
};
// Languages that are not written in Latin letters alone. A language may have two scripts.
constexpr std::array<Writers, 17> kWriters = {{
    {Script::kLatin, "sr"},
    {Script::kGreek, "el"},
    {Script::kCyrillic, "ru uk be bg mk sr kk ky mn tg tt ba cv"},
    {Script::kArmenian, "hy"},
    {Script::kHebrew, "he yi"},
    {Script::kArabic, "ar fa ur ps ug sd ckb"},
    {Script::kDevanagari, "hi mr ne sa"},
    {Script::kTamil, "ta"},
    {Script::kHangul, "ko"},
    {Script::kHan, "zh ja yue"},
    {Script::kHiragana, "ja"},
    {Script::kKatakana, "ja"},
    {Script::kThai, "th"},
    {Script::kLao, "lo"},
    {Script::kMyanmar, "my"},
    {Script::kKhmer, "km"},
    {Script::kOther, "am ti bn as gu pa or te kn ml si bo dz ka dv"},
}};

bool writes(std::string_view language, Script script) {
  bool listed = false;
  for (const Writers& writers : kWriters) {
    if (!contains_word(writers.languages, language)) continue;
    if (writers.script == script) return true;
    listed = true;
  }
  return !listed && script == Script::kLatin;
}

}  // namespace

std::string normalize_language(std::string_view tag) {
  if (tag.size() > kTagBytesMax) return "";
  std::string out;
  bool extension = false;  // after a single letter (u-, x-) subtags are lower case
  for (std::size_t begin = 0; begin <= tag.size();) {
    const std::string_view subtag = subtag_at(tag, begin);
    const bool first = begin == 0;
    if (!well_formed(subtag, first)) return "";
    if (!first) out.push_back('-');
    const bool region = !first && !extension && subtag.size() == 2 && all_letters(subtag);
    const bool script = !first && !extension && subtag.size() == 4 && all_letters(subtag);
    for (std::size_t i = 0; i < subtag.size(); ++i) {
      out.push_back(region || (script && i == 0) ? upper(subtag[i]) : lower(subtag[i]));
    }
    extension = extension || (!first && subtag.size() == 1);
    begin += subtag.size() + 1;
  }
  return out;
}

std::string primary_language(std::string_view tag) {
  std::string primary(subtag_at(tag, 0));
  std::transform(primary.begin(), primary.end(), primary.begin(), lower);
  const std::string_view renamed = value_of(kRenamed, primary);
  return renamed.empty() ? primary : std::string(renamed);
}

std::string_view stemmer_algorithm(std::string_view tag) {
  return value_of(kStemmers, primary_language(tag));
}

std::string_view stemmer_algorithm_for(std::string_view tag, Script script) {
  const std::string language = primary_language(tag);
  if (language.empty()) return script == Script::kLatin ? "english" : "";
  if (writes(language, script)) return stemmer_algorithm(tag);
  return script == Script::kLatin ? "english" : "";
}

std::vector<std::string_view> stemmer_algorithms(std::string_view tag) {
  std::vector<std::string_view> algorithms;
  if (const std::string_view own = stemmer_algorithm(tag); !own.empty()) algorithms.push_back(own);
  const std::string_view latin = stemmer_algorithm_for(tag, Script::kLatin);
  if (!latin.empty() && (algorithms.empty() || algorithms.front() != latin)) algorithms.push_back(latin);
  return algorithms;
}

bool writes_script(std::string_view tag, Script script) {
  return writes(primary_language(tag), script);
}

std::string_view text_direction(std::string_view tag) {
  const std::string normalized = normalize_language(tag);
  for (std::size_t begin = normalized.find('-'); begin != std::string::npos; begin = normalized.find('-', begin)) {
    const std::string_view subtag = subtag_at(normalized, ++begin);
    if (subtag.size() == 1) break;
    if (subtag.size() == 4 && all_letters(subtag)) return contains_word(kRightToLeftScripts, subtag) ? "rtl" : "ltr";
  }
  return contains_word(kRightToLeft, primary_language(tag)) ? "rtl" : "ltr";
}

}  // namespace crossglot

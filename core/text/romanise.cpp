#include "text/romanise.h"

#include "text/normalize.h"
#include "text/unicode.h"
#include "text/utf8.h"
#include "text/words.h"

namespace crossglot {
namespace {

// "letter:sounds" separated by spaces; a letter without sounds is silent.
constexpr std::string_view kCyrillic =
    "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh "
    "щ:sh ъ: ы:i ь: э:e ю:iu я:ia і:i ї:i є:e ґ:g ў:u ђ:dj ј:i љ:li њ:ni ћ:ch џ:dj";
constexpr std::string_view kGreek =
    "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:t ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f χ:h ψ:ps ω:o";

// Of a syllable's initial, vowel and final, in the order in which Unicode counts them.
constexpr std::string_view kInitials =
    "0:g 1:k 2:n 3:d 4:t 5:r 6:m 7:b 8:p 9:s 10:s 11: 12:j 13:j 14:ch 15:k 16:t 17:p 18:h";
constexpr std::string_view kVowels =
    "0:a 1:e 2:ia 3:ie 4:o 5:e 6:io 7:ie 8:o 9:ua 10:ue 11:oe 12:io 13:u 14:uo 15:ue 16:ui 17:iu 18:u 19:ui 20:i";
constexpr std::string_view kFinals =
    "0: 1:k 2:k 3:k 4:n 5:n 6:n 7:t 8:l 9:k 10:m 11:l 12:l 13:l 14:l 15:l 16:m 17:p 18:p 19:t 20:t 21:ng 22:t 23:t "
    "24:k 25:t 26:p 27:h";

constexpr char32_t kHangulFirst = 0xac00;
constexpr char32_t kHangulLast = 0xd7a3;
constexpr std::uint32_t kVowelCount = 21;
constexpr std::uint32_t kFinalCount = 28;

bool add_hangul(char32_t c, std::string& out) {
  if (c < kHangulFirst || c > kHangulLast) return false;
  const std::uint32_t index = c - kHangulFirst;
  out += value_of(kInitials, std::to_string(index / (kVowelCount * kFinalCount)));
  out += value_of(kVowels, std::to_string(index / kFinalCount % kVowelCount));
  out += value_of(kFinals, std::to_string(index % kFinalCount));
  return true;
}

bool add_letter(std::string_view word, const Decoded& decoded, std::size_t at, std::string& out) {
  const char32_t c = decoded.code_point;
  if (c >= 'a' && c <= 'z') {
    out.push_back(static_cast<char>(c));
    return true;
  }
  const Script script = properties(c).script;
  if (script == Script::kHangul) return add_hangul(c, out);
  const std::string_view table = script == Script::kCyrillic ? kCyrillic : script == Script::kGreek ? kGreek : "";
  const std::string_view sounds = value_of(table, word.substr(at, decoded.size));
  if (sounds.data() == nullptr) return false;
  out += sounds;
  return true;
}

std::string romanise(std::string_view word) {
  std::string folded;
  fold_accents(word, folded);
  std::string out;
  Script first = Script::kCommon;
  for (std::size_t at = 0; at < folded.size();) {
    const Decoded decoded = decode_utf8(folded, at);
    if (decoded.code_point == kInvalidCodePoint || !add_letter(folded, decoded, at, out)) return "";
    const Script script = properties(decoded.code_point).script;
    if (first == Script::kCommon) first = script;
    if (script != first && script != Script::kCommon) return "";
    at += decoded.size;
  }
  return out;
}

constexpr std::string_view kDigraphs = "ph:f th:t ck:k ou:u kh:h gh:g ce:se ci:si cy:si";
constexpr std::string_view kAlike = "b:p d:t g:k l:r w:v y:i j:i q:k c:k z:s";

}  // namespace

std::string script_free_key(std::string_view word) {
  const std::string letters = romanise(word);
  std::string key;
  const auto add = [&key](char c) {
    const std::string_view alike = value_of(kAlike, std::string_view(&c, 1));
    const char sound = alike.empty() ? c : alike.front();
    if (key.empty() || key.back() != sound) key.push_back(sound);
  };
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const std::string_view pair = std::string_view(letters).substr(at, 2);
    const std::string_view sound = pair.size() == 2 ? value_of(kDigraphs, pair) : std::string_view();
    if (!sound.empty()) {
      for (const char c : sound) add(c);
      ++at;
    } else if (letters[at] == 'x') {
      add('k');
      add('s');
    } else {
      add(letters[at]);
    }
  }
  return key;
}

}  // namespace crossglot

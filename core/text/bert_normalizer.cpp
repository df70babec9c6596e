#include "text/bert_normalizer.h"

#include <algorithm>

#include "text/code_point_map.h"
#include "text/tokenizer_tables.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// Numbers are those of generate_tokenizer_tables.mjs.
enum class Kind : std::uint8_t { kOther = 0, kControl = 1, kPunctuation = 2, kNonspacingMark = 3 };

struct Tables {
  CodePointBytes classes{tokenizer_tables::kBertLengths, tokenizer_tables::kBertValues};
  CodePointMap stripped{tokenizer_tables::kStripGaps, tokenizer_tables::kStripLengths,
                        tokenizer_tables::kStripTargets};
  CodePointMap lower{tokenizer_tables::kLowerGaps, tokenizer_tables::kLowerLengths, tokenizer_tables::kLowerTargets};

  Kind kind(char32_t c) const { return static_cast<Kind>(tokenizer_tables::kBertClasses[2 * classes[c]]); }
  std::uint8_t combining_class(char32_t c) const { return tokenizer_tables::kBertClasses[2 * classes[c] + 1]; }
};

const Tables& tables() {
  static const Tables kTables;
  return kTables;
}

bool is_white_space(char32_t c) {
  return (c >= 0x9 && c <= 0xD) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// The library's ranges, which leave out 2B820 to 2B91F.
bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
         (c >= 0x2A700 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

// Each step hands its characters on to the next one below.
class Normalizer {
 public:
  Normalizer(const BertOptions& options, std::string& word, std::vector<char32_t>& marks, WordReceiver& receiver)
      : options_(options), word_(word), marks_(marks), receiver_(receiver), tables_(tables()) {
    word_.clear();
    marks_.clear();
  }

  void clean(char32_t c) {
    if (options_.clean_text) {
      const bool blank = c == '\t' || c == '\n' || c == '\r';
      if (!blank && tables_.kind(c) == Kind::kControl) return;
      if (is_white_space(c)) c = ' ';
    }
    const bool apart = options_.separate_han && is_han(c);
    if (apart) decompose(' ');
    decompose(c);
    if (apart) decompose(' ');
  }

  void finish() {
    flush_marks();
    end_word();
  }

 private:
  void decompose(char32_t c) {
    constexpr char32_t kSyllables = 0xAC00, kSyllableCount = 11172, kVowels = 21, kTrails = 28;
    if (!options_.strip_accents) return lower(c);
    if (c - kSyllables < kSyllableCount) {
      const char32_t syllable = c - kSyllables;
      keep(0x1100 + syllable / (kVowels * kTrails));
      keep(0x1161 + syllable / kTrails % kVowels);
      if (syllable % kTrails != 0) keep(0x11A7 + syllable % kTrails);
    } else if (tables_.stripped.contains(c)) {
      for (const char32_t part : tables_.stripped.at(c)) keep(part);
    } else if (tables_.kind(c) != Kind::kNonspacingMark) {
      keep(c);
    } else if (tables_.combining_class(c) == 0) {
      flush_marks();  // it is dropped, but marks are not sorted across it
    }
  }

  // NFD sorts a run of marks by class. Nearly all of them are dropped; these are the spacing ones.
  void keep(char32_t c) {
    if (tables_.combining_class(c) != 0) {
      marks_.push_back(c);
      return;
    }
    flush_marks();
    lower(c);
  }

  // A pass for each class that is there: stable, and not quadratic in the length of a hostile run.
  void flush_marks() {
    if (marks_.empty()) return;
    int next = 0;
    while (next < 256) {
      const int now = next;
      next = 256;
      for (const char32_t mark : marks_) {
        const int combining_class = tables_.combining_class(mark);
        if (combining_class == now) lower(mark);
        if (combining_class > now) next = std::min(next, combining_class);
      }
    }
    marks_.clear();
  }

  void lower(char32_t c) {
    if (!options_.lowercase || !tables_.lower.contains(c)) return cut(c);
    for (const char32_t part : tables_.lower.at(c)) cut(part);
  }

  void cut(char32_t c) {
    if (is_white_space(c)) return end_word();
    const bool alone = tables_.kind(c) == Kind::kPunctuation;
    if (alone) end_word();
    append_utf8(word_, c);
    ++characters_;
    if (alone) end_word();
  }

  void end_word() {
    if (characters_ > 0) receiver_.take(word_, characters_);
    word_.clear();
    characters_ = 0;
  }

  const BertOptions& options_;
  std::string& word_;
  std::vector<char32_t>& marks_;
  WordReceiver& receiver_;
  const Tables& tables_;
  std::size_t characters_ = 0;
};

}  // namespace

void bert_words(std::string_view text, const BertOptions& options, std::string& word, std::vector<char32_t>& marks,
                WordReceiver& receiver) {
  constexpr char32_t kReplacement = 0xFFFD;
  Normalizer normalizer(options, word, marks, receiver);
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_utf8(text, at);
    normalizer.clean(decoded.code_point == kInvalidCodePoint ? kReplacement : decoded.code_point);
    at += decoded.size;
  }
  normalizer.finish();
}

}  // namespace crossglot

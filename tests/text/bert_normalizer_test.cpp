// BERT's normaliser and its words: each option, and every character as `tokenizers` has it.
#include "text/bert_normalizer.h"

#include <catch_amalgamated.hpp>

#include "base/sha256.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

class Collector final : public WordReceiver {
 public:
  void take(std::string_view word, std::size_t characters) override {
    std::size_t counted = 0;
    for (std::size_t i = 0; i < word.size(); ++counted) i += decode_utf8(word, i).size;
    if (counted != characters || word.empty()) FAIL(word << " has " << counted << " characters");
    words.emplace_back(word);
  }
  std::vector<std::string> words;
};

using Words = std::vector<std::string>;

Words words(std::string_view text, const BertOptions& options = {}) {
  std::string word;
  std::vector<char32_t> marks;
  Collector collector;
  bert_words(text, options, word, marks, collector);
  return collector.words;
}

std::string hash_of_every_character(const BertOptions& options) {
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one = "a";
    append_utf8(one, c);
    one += "B";
    for (const std::string& word : words(one, options)) text += word + "\n";
  }
  return hex(sha256(as_bytes(text)));
}

}  // namespace

TEST_CASE("Words are cut at white space, and punctuation stands alone") {
  CHECK(words("How  do\tI\u3000go?!") == Words{"how", "do", "i", "go", "?", "!"});
  CHECK(words("don't stop--now $5 a_b") == Words{"don", "'", "t", "stop", "-", "-", "now", "$", "5", "a", "_", "b"});
  CHECK(words(" \n ").empty());
  CHECK(words("").empty());
}

TEST_CASE("Accents go and letters are lowered one by one, without a final sigma") {
  CHECK(words("Äpfel ÉCOLE İstanbul Ǆ") == Words{"apfel", "ecole", "istanbul", "ǆ"});
  CHECK(words("ΟΔΟΣ Ώρα") == Words{"οδοσ", "ωρα"});
  CHECK(words("가") == Words{"\u1100\u1161"});
}

TEST_CASE("Options of a cased model leave accents and letters as they are") {
  BertOptions cased;
  cased.strip_accents = cased.lowercase = false;
  CHECK(words("Äpfel é", cased) == Words{"Äpfel", "é"});
  BertOptions lowered = cased;
  lowered.lowercase = true;
  CHECK(words("İÄ", lowered) == Words{"i\u0307ä"});
}

TEST_CASE("Ideographs stand alone, unless the option says otherwise") {
  CHECK(words("東京タワーa漢b") == Words{"東", "京", "タワーa", "漢", "b"});
  BertOptions together;
  together.separate_han = false;
  CHECK(words("東京a", together) == Words{"東京a"});
}

TEST_CASE("Controls vanish, unless the option says otherwise") {
  CHECK(words("a\u200Bb\u00ADc\uFFFDd\x07"
              "e\u0085f") == Words{"abcdef"});
  CHECK(words(std::string_view("a\0b", 3)) == Words{"ab"});
  BertOptions raw;
  raw.clean_text = false;
  CHECK(words("a\u200Bb\u0085c", raw) == Words{"a\u200Bb", "c"});
}

TEST_CASE("An invalid byte is U+FFFD, which vanishes") {
  CHECK(words("a\xFF\xE2\x82z") == Words{"az"});
}

TEST_CASE("Spacing marks are sorted by their class, across dropped marks and not across letters") {
  CHECK(words("a\u302E\u1B44b") == Words{"a\u1B44\u302Eb"});
  CHECK(words("a\u302E\u0301\u1B44") == Words{"a\u1B44\u302E"});
  CHECK(words("a\u302Eb\u1B44") == Words{"a\u302Eb\u1B44"});
  std::string run;
  for (int i = 0; i < 20000; ++i) run += "\u302E\u1B44";  // sorted in time, whatever a text holds
  CHECK(words(run).front().substr(0, 6) == "\u1B44\u1B44");
}

// Hashes are of the library's words: tests/bench/tokenizer/make_fixtures.py --hashes.
TEST_CASE("Every character between two letters is cut as tokenizers cuts it") {
  CHECK(hash_of_every_character({}) == "4175c4ad0ea0d529ab40dabf4a3661120629eca8753c43e335751be160369eab");
  BertOptions cased;
  cased.strip_accents = cased.lowercase = false;
  CHECK(hash_of_every_character(cased) == "136957ff04eef421a2afc08eb57b68a1e9558afd1b54b29f4163a075310f06da");
}

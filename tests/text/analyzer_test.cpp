// What holds for every text: bad input, offsets, repetition.
#include "text/analyzer.h"

#include <catch_amalgamated.hpp>
#include <random>

#include "text/describe.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

// Pieces of every kind that rules look at.
const std::vector<std::string> kPool = {
    "a",  "B",  "word", "Word", "ABC", "é",      "ß",      "ı",      "İ",    "1",        "42", ".",  ",",
    "-",  "_",  "/",    ":",    "::",  "@",      "#",      "+",      "++",   "$",        "~",  "'",  "’",
    "\"", "\\", "&",    " ",    "\n",  "\t",     "漢",     "字",     "か",   "カ",       "ー", "ｶ",  "ﾞ",
    "한", "글", "을",   "ไ",    "ท",   "้",       "ក",      "\u17D2", "ש",    "ָ",         "״",  "م",  "ـ",
    "ٌ",   "٣",  "क",    "़",     "👍",  "\u200D", "\u200C", "\u00AD", "\xFF", "\xE2\x82", "™",  "㎏", "ﬁ"};

std::string random_text(std::mt19937& random) {
  std::string text;
  for (std::uint32_t size = random() % 24; size > 0; --size) text += kPool[random() % kPool.size()];
  return text;
}

bool same(const std::vector<Token>& a, const std::vector<Token>& b) {
  return describe(a, true) == describe(b, true);
}

}  // namespace

TEST_CASE("Offsets lie in the text, on characters, and positions never fall") {
  std::mt19937 random(7);
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  for (const char* language : {"en", "fr", "tr", "ja", "ko", "fi", "fa", ""}) {
    Analyzer analyzer(language, stemmer.get());
    std::vector<Token> tokens;
    for (int i = 0; i < 4000; ++i) {
      const std::string text = random_text(random);
      analyzer.analyze(text, tokens);
      std::uint32_t position = 0;
      for (const Token& token : tokens) {
        const bool good = token.byte_begin < token.byte_end && token.byte_end <= text.size() &&
                          utf8_boundary(text, token.byte_begin) == token.byte_begin &&
                          utf8_boundary(text, token.byte_end) == token.byte_end && token.position >= position &&
                          !token.surface.empty() && !token.stem.empty() && token.surface.size() <= kTokenBytesMax &&
                          valid_utf8(token.surface) && valid_utf8(token.stem);
        if (!good) FAIL(language << " [" << text << "] " << describe(tokens, true));
        position = token.position;
      }
    }
  }
}

TEST_CASE("Texts joined by white space have the tokens of each") {
  std::mt19937 random(11);
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Analyzer analyzer("en", stemmer.get());
  std::vector<Token> first;
  std::vector<Token> second;
  std::vector<Token> both;
  for (int i = 0; i < 10000; ++i) {
    const std::string a = random_text(random);
    const std::string b = random_text(random);
    analyzer.analyze(a, first);
    analyzer.analyze(b, second);
    analyzer.analyze(a + "\n" + b, both);
    first.insert(first.end(), second.begin(), second.end());
    if (describe(first) != describe(both)) FAIL("[" << a << "] [" << b << "]");
  }
}

TEST_CASE("A surface analysed again gives the surface and the stem that it had") {
  const std::vector<std::string> texts = {"The naïve user's e-mail on LibreOffice",
                                          "L'été à Saint-Étienne",
                                          "Größenänderung überprüfen",
                                          "ΛΌΓΟΣ ανθρώπων",
                                          "Ёлка моего друга",
                                          "المُستخدِمون في الملفّات",
                                          "프로젝트를 저장합니다",
                                          "İstanbul'da IŞIK"};
  const std::vector<std::string> languages = {"en", "fr", "de", "el", "ru", "ar", "ko", "tr"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const Token& token : analyze(languages[i], texts[i])) {
      INFO(token.surface);
      const std::vector<Token> again = analyze(languages[i], token.surface);
      REQUIRE_FALSE(again.empty());
      CHECK(again[0].surface == token.surface);
      CHECK(again[0].stem == token.stem);
    }
  }
}

TEST_CASE("The short path for plain words and the general one agree") {
  // A soft hyphen inside forces the general path and changes nothing else.
  for (const char* word : {"word", "Word", "WORD", "words", "a", "URLs", "iPhone", "McDonald", "I", "running."}) {
    for (const char* language : {"en", "de", "tr", ""}) {
      INFO(language << " " << word);
      std::string general = word;
      general.insert(1, "\u00AD");
      CHECK(same(analyze(language, word), analyze(language, general)));
    }
  }
}

TEST_CASE("An analyzer gives the same tokens whatever it has seen before") {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Analyzer analyzer("en", stemmer.get());
  std::vector<Token> tokens;
  for (int i = 0; i < 200000; ++i) analyzer.analyze("word" + std::to_string(i), tokens);  // outgrows the cache
  analyzer.analyze("The settings of LibreOffice", tokens);
  CHECK(same(tokens, analyze("en", "The settings of LibreOffice")));
}

TEST_CASE("Broken UTF-8, control characters and lone surrogates separate words") {
  CHECK(describe(analyze("en", "one\xFFtwo\xE2\x82three")) == "one two three");
  CHECK(describe(analyze("en", std::string("one\0two\x01three\x7F", 14) + "four")) == "one two three four");
  CHECK(describe(analyze("en", "one\xED\xA0\x80two")) == "one two");
  CHECK(describe(analyze("en", "")) == "");
  CHECK(describe(analyze("en", " \r\n\t ")) == "");
  CHECK(describe(analyze("en", "\u0301\u200D\u064B")) == "");
}

TEST_CASE("Text of megabytes without a space is cut off, keeps a position and takes linear time") {
  const std::size_t size = 5'000'000;
  CHECK(analyze("en", std::string(size, 'a')).empty());
  CHECK(analyze("en", std::string(size, '\'')).empty());
  CHECK(analyze("en", std::string(size, '-')).empty());
  std::string marks = "e";
  for (std::size_t i = 0; i < size / 4; ++i) marks += "\u0301\u0323";
  CHECK(analyze("en", marks).size() <= 1);
  std::string kana;
  for (std::size_t i = 0; i < size / 3; ++i) kana += "か";
  CHECK(analyze("ja", kana).size() >= size / 3);
  const std::vector<Token> around = analyze("en", "before " + std::string(size, 'x') + " after");
  REQUIRE(around.size() == 2);
  CHECK(around[0].surface == "before");
  CHECK(around[1].surface == "after");
  CHECK(around[1].position > around[0].position + 1);
}

TEST_CASE("Encoded data leaves next to nothing behind") {
  std::mt19937 random(5);
  std::string data;
  const std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 100000; ++i) data += alphabet[random() % alphabet.size()];
  CHECK(analyze("en", "data:image/png;base64," + data).size() < 2000);
}

TEST_CASE("Tokens longer than the limit are dropped with their stems, their parts stay") {
  const std::string path = "very/long/" + std::string(90, 'p') + "/tail.txt";
  CHECK(describe(analyze("", path)) == "very/veri long " + std::string(90, 'p') + " tail txt");
  CHECK(analyze("en", std::string(96, 'k')).size() == 1);
  CHECK(analyze("en", std::string(97, 'k')).empty());
}

TEST_CASE("Every character of a script without spaces begins exactly one token") {
  const std::string text = "図書館で本を読むカタカナ語とひらがな。สวัสดี";
  std::vector<int> begins(text.size(), 0);
  for (const Token& token : analyze("ja", text)) ++begins[token.byte_begin];
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = decode_utf8(text, i);
    const bool mark = decoded.code_point == 0x0E31 || decoded.code_point == 0x0E35;
    INFO("offset " << i);
    CHECK(begins[i] == (mark || decoded.code_point == 0x3002 ? 0 : 1));
    i += decoded.size;
  }
}

TEST_CASE("Without a stemmer the stem is the folded surface") {
  std::vector<Token> tokens;
  Analyzer analyzer("fr", nullptr);
  analyzer.analyze("Préférences d'été", tokens);
  CHECK(describe(tokens) == "préférences/preferences été/ete");
  CHECK(analyzer.language() == "fr");
}

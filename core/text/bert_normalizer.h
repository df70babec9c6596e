// text/bert_normalizer.h - BERT's normaliser and its first cut of a text into words.
//
// Character by character, as the library `tokenizers` does (BertNormalizer, then BertPreTokenizer), with the Unicode
// version that each of its steps has (generate_tokenizer_tables.mjs):
//   clean_text     controls, U+0000 and U+FFFD vanish, white space becomes a space
//   separate_han   a CJK ideograph stands between spaces
//   strip_accents  NFD, without nonspacing marks
//   lowercase      by character: no final sigma
// White space then separates words, and a punctuation mark is a word of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crossglot {

// Options as tokenizer.json names them, but for separate_han (handle_chinese_chars).
struct BertOptions {
  bool clean_text = true;
  bool separate_han = true;
  bool strip_accents = true;  // null in tokenizer.json: what `lowercase` is
  bool lowercase = true;
  std::uint32_t word_characters_max = 100;  // max_input_chars_per_word: a longer word is unknown
};

// Takes the words of a text in their order.
class WordReceiver {
 public:
  // word        normalised, UTF-8, not empty; valid during the call.
  // characters  of the word.
  virtual void take(std::string_view word, std::size_t characters) = 0;

 protected:
  ~WordReceiver() = default;
};

// text         an invalid byte counts as U+FFFD.
// word, marks  room to work in.
void bert_words(std::string_view text, const BertOptions& options, std::string& word, std::vector<char32_t>& marks,
                WordReceiver& receiver);

}  // namespace crossglot

// text/words.h - small sets of words, written as one string: "l d qu jusqu".
//
// A list like that costs the browser its letters only; an array of views costs eight more bytes a word. Looking a
// word up walks the string: for sets of at most a hundred words that are asked rarely.
#pragma once

#include <string_view>

namespace crossglot {

// The words of a list one by one: false at its end. Words are separated by single spaces.
inline bool next_word(std::string_view& list, std::string_view& word) {
  if (list.empty()) return false;
  const std::size_t size = list.find(' ');
  word = list.substr(0, size);
  list = size == std::string_view::npos ? std::string_view{} : list.substr(size + 1);
  return true;
}

inline bool contains_word(std::string_view list, std::string_view word) {
  for (std::string_view entry; next_word(list, entry);) {
    if (entry == word) return true;
  }
  return false;
}

// The value of `key` in a list of "key:value"; without data() when it is not there.
inline std::string_view value_of(std::string_view list, std::string_view key) {
  for (std::string_view entry; next_word(list, entry);) {
    if (entry.size() > key.size() && entry[key.size()] == ':' && entry.starts_with(key)) {
      return entry.substr(key.size() + 1);
    }
  }
  return {};
}

}  // namespace crossglot

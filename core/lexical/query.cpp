#include "lexical/query.h"

#include <cstdint>

#include "text/utf8.h"

namespace crossglot {
namespace {

struct Scanner {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at >= text.size(); }
  bool starts_with(std::string_view prefix) const { return text.substr(at).starts_with(prefix); }
};

// Bytes of the white space or control character at the scanner, or 0.
std::size_t space_size(const Scanner& scanner) {
  const auto byte = static_cast<std::uint8_t>(scanner.text[scanner.at]);
  if (byte <= 0x20 || byte == 0x7f) return 1;
  for (std::string_view space : {"\u00a0", "\u0085", "\u2009", "\u202f", "\u2028", "\u2029", "\u3000"}) {
    if (scanner.starts_with(space)) return space.size();
  }
  return 0;
}

struct QuotePair {
  std::string_view open;
  std::string_view close;
};

// Straight quotes, and the curly ones that keyboards and editors put in their place.
constexpr QuotePair kQuotes[] = {
    {"\"", "\""},         {"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u201e", "\u201d"},
    {"\u201d", "\u201d"}, {"\u00ab", "\u00bb"}, {"\uff02", "\uff02"},
};

// The quoted text at the scanner, which moves behind its closing quote; false when none closes.
bool take_phrase(Scanner& scanner, std::string_view& phrase) {
  for (const QuotePair& quote : kQuotes) {
    if (!scanner.starts_with(quote.open)) continue;
    const std::size_t begin = scanner.at + quote.open.size();
    const std::size_t end = scanner.text.find(quote.close, begin);
    if (end == std::string_view::npos) continue;
    phrase = scanner.text.substr(begin, end - begin);
    scanner.at = end + quote.close.size();
    return true;
  }
  return false;
}

// A '-' excludes only before a word: `--flag`, `-`, `- x` and `->` do not.
bool at_exclusion(const Scanner& scanner) {
  if (scanner.text[scanner.at] != '-' || scanner.at + 1 >= scanner.text.size()) return false;
  const Scanner next{scanner.text, scanner.at + 1};
  const auto byte = static_cast<std::uint8_t>(next.text[next.at]);
  if (space_size(next) > 0) return false;
  const bool letter_or_digit = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
  return letter_or_digit || byte >= 0x80 || byte == '"';
}

std::string_view take_word(Scanner& scanner) {
  const std::size_t begin = scanner.at;
  while (!scanner.done() && space_size(scanner) == 0) ++scanner.at;
  return scanner.text.substr(begin, scanner.at - begin);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : scanner_{text} {}

  Query run() {
    while (skip_spaces(), !scanner_.done()) take_clause();
    if (or_pending_) {
      or_pending_ = false;
      append_word("OR", false);
    }
    query_.open_end = query_.open_end && !query_.clauses.empty();
    return std::move(query_);
  }

 private:
  void skip_spaces() {
    while (!scanner_.done()) {
      const std::size_t size = space_size(scanner_);
      if (size == 0) return;
      scanner_.at += size;
      query_.open_end = false;
    }
  }

  void take_clause() {
    const bool negated = at_exclusion(scanner_);
    if (negated) ++scanner_.at;
    std::string_view phrase;
    if (take_phrase(scanner_, phrase)) {
      add({std::string(phrase), true, negated, false});
      mergeable_ = false;
      query_.open_end = false;
      return;
    }
    const std::string_view word = take_word(scanner_);
    if (!negated && (word == "OR" || word == "|") && !query_.clauses.empty() && !query_.clauses.back().negated &&
        !or_pending_) {
      or_pending_ = true;
      query_.open_end = false;
      return;
    }
    append_word(word, negated);
    query_.open_end = scanner_.done();
  }

  void append_word(std::string_view word, bool negated) {
    const bool after_or = or_pending_;
    if (!negated && !after_or && mergeable_ && !query_.clauses.empty()) {
      query_.clauses.back().text.append(" ").append(word);
      return;
    }
    add({std::string(word), false, negated, false});
    // What follows an alternative is a clause of its own: `a OR b c` is (a or b) and c.
    mergeable_ = !negated && !after_or;
  }

  void add(Clause clause) {
    if (or_pending_ && !clause.negated) {
      split_last_word();
      clause.alternative_of_last = true;
    }
    or_pending_ = false;
    query_.clauses.push_back(std::move(clause));
  }

  // OR takes the one word before it: `a b OR c` is a and (b or c).
  void split_last_word() {
    Clause& last = query_.clauses.back();
    const std::size_t space = last.phrase ? std::string::npos : last.text.rfind(' ');
    if (space == std::string::npos) return;
    std::string word = last.text.substr(space + 1);
    last.text.resize(space);
    query_.clauses.push_back({std::move(word), false, false, false});
  }

  Scanner scanner_;
  Query query_;
  bool mergeable_ = false;
  bool or_pending_ = false;
};

}  // namespace

Query parse_query(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) text = text.substr(0, utf8_boundary(text, bytes_max));
  Query query = Parser(text).run();
  bool only_exclusions = true;
  for (const Clause& clause : query.clauses) only_exclusions = only_exclusions && clause.negated;
  if (only_exclusions) {
    for (Clause& clause : query.clauses) {
      clause.negated = false;
      if (!clause.phrase) clause.text.insert(0, "-");
    }
  }
  return query;
}

}  // namespace crossglot

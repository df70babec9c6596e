// build/model/piece_counts.h - how often a site's text uses each piece of a vocabulary, for row_order.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "build/documents.h"
#include "build/model/row_order.h"
#include "text/tokenizer.h"

namespace crossglot {

// Borrows the tokenizer. One thread.
class PieceCounts {
 public:
  explicit PieceCounts(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

  // Title, headings, text and code.
  void add(const Document& document);
  // Whole lines of documents.jsonl. Errors: kInput, naming file, line and field.
  Status add_lines(std::string_view jsonl, const std::string& file_name, std::uint64_t first_line);

  const CountsByLanguage& counts() const { return counts_; }

 private:
  void add(std::string_view text, std::vector<std::uint64_t>& counts);

  const Tokenizer& tokenizer_;
  TokenizerWorkspace workspace_;
  std::vector<std::uint32_t> pieces_;
  CountsByLanguage counts_;
};

// The pieces that every text needs: the special ones and those of the prefixes.
std::vector<std::uint32_t> pieces_of_every_text(const Tokenizer& tokenizer, std::string_view query_prefix,
                                                std::string_view passage_prefix);

// Orders the model's rows for a site: a megabyte of them in the group "first". tokenizer  the model's own.
void order_for_site(const Tokenizer& tokenizer, const CountsByLanguage& counts, Model& model);

}  // namespace crossglot

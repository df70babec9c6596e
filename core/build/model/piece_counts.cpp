#include "build/model/piece_counts.h"

#include <algorithm>

namespace crossglot {
namespace {

// Rows that are fetched before the first question, inflated.
constexpr std::size_t kFirstBytes = 1'000'000;

}  // namespace

void PieceCounts::add(std::string_view text, std::vector<std::uint64_t>& counts) {
  pieces_.clear();
  tokenizer_.tokenize(text, workspace_, pieces_);
  for (const std::uint32_t piece : pieces_) ++counts[piece];
}

void PieceCounts::add(const Document& document) {
  std::vector<std::uint64_t>& counts = counts_[document.lang];
  counts.resize(tokenizer_.piece_count());
  add(document.title, counts);
  for (const DocumentSection& section : document.sections) {
    add(section.heading, counts);
    add(section.text, counts);
    add(section.code, counts);
  }
}

Status PieceCounts::add_lines(std::string_view jsonl, const std::string& file_name, std::uint64_t first_line) {
  for (std::uint64_t number = first_line; !jsonl.empty(); ++number) {
    const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const Result<Document> document = parse_document(line);
    if (!document) {
      return make_error(document.error().code,
                        file_name + ":" + std::to_string(number) + ": " + document.error().message);
    }
    add(*document);
  }
  return ok_status();
}

std::vector<std::uint32_t> pieces_of_every_text(const Tokenizer& tokenizer, std::string_view query_prefix,
                                                std::string_view passage_prefix) {
  const SpecialPieces& special = tokenizer.special();
  std::vector<std::uint32_t> pieces = {special.unknown, special.begin, special.end, special.padding};
  TokenizerWorkspace workspace;
  tokenizer.tokenize(query_prefix, workspace, pieces);
  tokenizer.tokenize(passage_prefix, workspace, pieces);
  std::sort(pieces.begin(), pieces.end());
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  return pieces;
}

void order_for_site(const Tokenizer& tokenizer, const CountsByLanguage& counts, Model& model) {
  const std::size_t row_bytes =
      model.rows.columns / kBlockWeights * (sizeof(std::uint16_t) + block_bytes(model.rows.encoding));
  const std::vector<std::uint32_t> always =
      pieces_of_every_text(tokenizer, model.card.query_prefix, model.card.passage_prefix);
  model.order = order_by_use(model.order, counts, always, kFirstBytes / row_bytes);
}

}  // namespace crossglot

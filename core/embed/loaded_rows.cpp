#include "embed/loaded_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/sha256.h"
#include "embed/block_matrix.h"

namespace crossglot {

Result<LoadedRows> LoadedRows::create(RowTable table, std::uint32_t unknown) {
  if (unknown >= table.pieces() || !table.pages()[table.place(unknown).page].present()) {
    return make_error(ErrorCode::kCorrupt, "the model's vocabulary leaves out the row of the unknown piece");
  }
  LoadedRows rows;
  rows.pages_.resize(table.pages().size());
  rows.table_ = std::move(table);
  rows.unknown_ = unknown;
  return rows;
}

Status LoadedRows::attach(std::uint32_t number, Bytes page) {
  if (number >= pages_.size()) {
    return make_error(ErrorCode::kArgument, "the model has no vocabulary page " + std::to_string(number));
  }
  if (sha256(page) != table_.pages()[number].file.sha256) {
    return make_error(ErrorCode::kCorrupt, "vocabulary page " + std::to_string(number) + " is not the model's");
  }
  Result<RowPage> opened = RowPage::open(std::move(page), table_.pages()[number].rows, table_.hidden());
  if (!opened.ok()) return opened.error();
  attach(number, std::move(*opened));
  return ok_status();
}

void LoadedRows::attach(std::uint32_t number, RowPage page) {
  CG_CHECK(number < pages_.size() && page.rows() == table_.pages()[number].rows &&
           page.matrix().columns == table_.hidden());
  pages_[number] = std::move(page);
}

RowPlace LoadedRows::place(std::uint32_t piece) const {
  const RowPlace place = table_.place(piece < table_.pieces() ? piece : unknown_);
  return table_.pages()[place.page].present() ? place : table_.place(unknown_);
}

void LoadedRows::missing(std::span<const std::uint32_t> pieces, std::vector<std::uint32_t>& pages) const {
  pages.clear();
  for (std::uint32_t piece : pieces) {
    const std::uint32_t page = place(piece).page;
    if (!pages_[page].has_value()) pages.push_back(page);
  }
  std::sort(pages.begin(), pages.end());
  pages.erase(std::unique(pages.begin(), pages.end()), pages.end());
}

bool LoadedRows::row(std::uint32_t piece, std::span<float> out) const {
  const RowPlace at = place(piece);
  const std::optional<RowPage>& page = pages_[at.page];
  if (!page.has_value()) return false;
  CG_CHECK(out.size() == table_.hidden());
  decode_row(page->matrix(), at.row, out.data());
  return true;
}

}  // namespace crossglot

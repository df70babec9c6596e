// embed/loaded_rows.h - the rows of a model pack's vocabulary that have arrived so far.
//
// Ownership  Owns the table and the pages.
// Threads    const methods may run at the same time; attach() must not run beside them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "embed/pack_rows.h"
#include "embed/row_source.h"

namespace crossglot {

class LoadedRows final : public RowSource {
 public:
  // unknown  the piece whose row stands in for pieces on pages that the site does without; its own page must be
  // there. Errors: kCorrupt when `unknown` is no piece of the table or its page is left out.
  static Result<LoadedRows> create(RowTable table, std::uint32_t unknown);

  const RowTable& table() const { return table_; }

  // page   the inflated content of page `number`, which is less than table().pages().size(), else kArgument.
  // Errors: kCorrupt when it has not the table's hash, what RowPage::open says; the page is then as it was.
  Status attach(std::uint32_t number, Bytes page);
  // Precondition: the page has the rows that the table says.
  void attach(std::uint32_t number, RowPage page);

  // The pages to attach before `pieces` can be encoded, ascending, each once. Pieces beyond the table are unknown.
  void missing(std::span<const std::uint32_t> pieces, std::vector<std::uint32_t>& pages) const;

  bool row(std::uint32_t piece, std::span<float> out) const override;

 private:
  RowPlace place(std::uint32_t piece) const;

  RowTable table_;
  std::uint32_t unknown_ = 0;
  std::vector<std::optional<RowPage>> pages_;
};

}  // namespace crossglot

// build/model/pack_writer.h - a model to the files of a pack: packed, compressed, named by content.
//
// Deterministic: the same model and options give the same bytes, whatever the number of threads.
#pragma once

#include <cstdint>
#include <vector>

#include "build/builder.h"
#include "build/model/description.h"
#include "build/model/model.h"

namespace crossglot {

struct PackOptions {
  std::vector<std::string> languages;  // of the site; empty: all rows ship
  unsigned threads = 1;
};

// Files in the order to write them in: encoder, tokenizer, pages, table, and model.json last.
Result<std::vector<BundleFile>> write_pack(const Model& model, const PackOptions& options);

// How many rows a page holds, so that a model with these groups has at most kRowPagesMax pages.
std::uint32_t rows_a_page(std::span<const std::uint32_t> group_rows, std::size_t row_bytes);

}  // namespace crossglot

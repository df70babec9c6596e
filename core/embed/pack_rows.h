// embed/pack_rows.h - the vocabulary of a model pack: which page holds which piece's row, and the pages.
//
// Rows are ordered by group, then by piece: group 0 is what is wanted first. A group fills pages of its own, so that
// a site can leave out groups (scripts that it does not write) and still name the rest. What a piece costs in the
// table is one byte before compression, its group; its place follows from counting.
//
// Ownership  A RowPage owns its bytes; row() borrows from it.
// Errors     kCorrupt, kTooNew, kTooOld. Grammar: core/format/MODEL.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sha256.h"
#include "embed/pack_blocks.h"
#include "embed/weights.h"

namespace crossglot {

inline constexpr std::uint32_t kRowPagesMax = 300;   // files on the server
inline constexpr std::uint32_t kRowGroupsMax = 255;  // the group of a piece is a byte
inline constexpr std::uint32_t kPageRowsMax = 65'535;

struct RowGroup {
  std::string label;  // "first", a language's tag, "seen" or a script's name; for people, fetching ahead, leaving out
  std::uint32_t rows = 0;
  std::uint32_t first_page = 0;
  std::uint32_t page_count = 0;
};

struct RowPageFile {
  std::string name;  // first 16 hex digits of the hash, and an extension
  std::uint32_t stored_size = 0;
  std::uint32_t raw_size = 0;
  Sha256 sha256{};  // of the inflated content
};

struct RowPageEntry {
  RowPageFile file;  // no name and no sizes: the site does without this page
  std::uint32_t rows = 0;
  bool present() const { return file.stored_size > 0; }
};

struct RowPlace {
  std::uint16_t page = 0;
  std::uint16_t row = 0;  // within the page
};

class RowTable {
 public:
  // table  the inflated content of the file that model.json names as `rows`.
  static Result<RowTable> open(ByteSpan table);

  std::uint32_t pieces() const { return static_cast<std::uint32_t>(places_.size()); }
  std::uint32_t hidden() const { return hidden_; }
  const std::vector<RowGroup>& groups() const { return groups_; }
  const std::vector<RowPageEntry>& pages() const { return pages_; }
  // Precondition: piece < pieces().
  RowPlace place(std::uint32_t piece) const;

 private:
  std::uint32_t hidden_ = 0;
  std::vector<RowGroup> groups_;
  std::vector<RowPageEntry> pages_;
  std::vector<RowPlace> places_;  // 4 bytes a piece
};

class RowPage {
 public:
  // page  the inflated content of a page; rows and hidden as the table has them.
  static Result<RowPage> open(Bytes page, std::uint32_t rows, std::uint32_t hidden);

  std::uint32_t rows() const { return matrix_.rows; }
  // A matrix of one row. Precondition: row < rows().
  BlockMatrix row(std::uint32_t row) const;
  const BlockMatrix& matrix() const { return matrix_; }

 private:
  Bytes bytes_;
  PackStorage storage_;
  BlockMatrix matrix_;
};

// pack_rows_builder.cpp: the same to bytes (not gzipped).
struct RowTableParts {
  std::uint32_t hidden = 0;
  std::vector<RowGroup> groups;  // label and page_count
  std::vector<RowPageEntry> pages;
  std::vector<std::uint8_t> group_of_piece;
};
Bytes build_row_table(const RowTableParts& parts);
Bytes build_row_page(const BlockMatrix& rows);

}  // namespace crossglot

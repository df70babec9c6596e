#include "embed/pack_rows.h"

#include <algorithm>

#include "embed/pack_header.h"

namespace crossglot {
namespace {

constexpr std::uint32_t kHiddenMax = 1024;  // as check_shape (pack_encoder.h) has it
constexpr std::uint32_t kVocabularyMax = 1u << 20;
constexpr std::size_t kNameDigestBytes = 8;
constexpr const char* kPackExtension = ".cgm";

Error corrupt(const char* what) {
  return make_error(ErrorCode::kCorrupt, what);
}

RowPageEntry read_page_entry(ByteReader& reader) {
  RowPageEntry entry;
  entry.rows = reader.varint32();
  entry.file.stored_size = reader.varint32();
  entry.file.raw_size = reader.varint32();
  const ByteSpan digest = reader.take(entry.file.sha256.size());
  if (entry.rows == 0 || entry.rows > kPageRowsMax || entry.file.raw_size > kPackRawBytesMax) reader.fail();
  if (reader.failed()) return entry;
  std::copy(digest.begin(), digest.end(), entry.file.sha256.begin());
  if (entry.present()) entry.file.name = hex(ByteSpan(entry.file.sha256).first(kNameDigestBytes)) + kPackExtension;
  return entry;
}

}  // namespace

Result<RowTable> RowTable::open(ByteSpan bytes) {
  ByteReader reader(bytes);
  if (Status status = read_pack_header(reader, PackKind::kRows); !status) return status.error();
  RowTable table;
  const std::uint32_t pieces = reader.varint32();
  table.hidden_ = reader.varint32();
  const std::uint32_t group_count = reader.varint32();
  if (reader.failed() || pieces == 0 || pieces > kVocabularyMax || table.hidden_ == 0 || table.hidden_ > kHiddenMax ||
      table.hidden_ % kBlockWeights != 0 || group_count == 0 || group_count > kRowGroupsMax) {
    return corrupt("the model's table of rows has impossible sizes");
  }
  std::uint32_t page_count = 0;
  for (std::uint32_t i = 0; i < group_count && !reader.failed(); ++i) {
    RowGroup& group = table.groups_.emplace_back();
    group.label = reader.string();
    group.first_page = page_count;
    group.page_count = reader.varint32();
    if (group.page_count > kRowPagesMax - page_count) reader.fail();
    page_count += group.page_count;
  }
  for (std::uint32_t i = 0; i < page_count && !reader.failed(); ++i) {
    table.pages_.push_back(read_page_entry(reader));
  }
  const ByteSpan group_of_piece = reader.take(pieces);
  if (!reader.finished()) return corrupt("the model's table of rows is cut off, too long or out of range");
  // A piece takes the next row of its group.
  std::vector<RowPlace> next(group_count);
  for (std::uint32_t i = 0; i < group_count; ++i) {
    next[i].page = static_cast<std::uint16_t>(table.groups_[i].first_page);
  }
  table.places_.reserve(pieces);
  for (const std::uint8_t number : group_of_piece) {
    if (number >= group_count) return corrupt("the model's table of rows names a group that is not there");
    RowGroup& group = table.groups_[number];
    RowPlace& place = next[number];
    if (place.page == group.first_page + group.page_count) return corrupt("the model's pages lack rows");
    table.places_.push_back(place);
    ++group.rows;
    if (++place.row == table.pages_[place.page].rows) place = {static_cast<std::uint16_t>(place.page + 1), 0};
  }
  for (std::uint32_t i = 0; i < group_count; ++i) {
    const RowGroup& group = table.groups_[i];
    if (next[i].row != 0 || next[i].page != group.first_page + group.page_count) {
      return corrupt("the model's pages have rows without a piece");
    }
  }
  return table;
}

RowPlace RowTable::place(std::uint32_t piece) const {
  CG_CHECK(piece < places_.size());
  return places_[piece];
}

Result<RowPage> RowPage::open(Bytes bytes, std::uint32_t rows, std::uint32_t hidden) {
  ByteReader reader(bytes);
  if (Status status = read_pack_header(reader, PackKind::kPage); !status) return status.error();
  RowPage page;
  page.matrix_ = read_matrix(reader, rows, hidden, page.storage_);
  if (!reader.finished()) return corrupt("a page of the model's vocabulary is cut off or of another size");
  page.bytes_ = std::move(bytes);  // the codes keep pointing into it
  return page;
}

BlockMatrix RowPage::row(std::uint32_t row) const {
  CG_CHECK(row < matrix_.rows);
  const std::size_t blocks = matrix_.columns / kBlockWeights;
  const std::size_t bytes = blocks * block_bytes(matrix_.encoding);
  BlockMatrix one = matrix_;
  one.rows = 1;
  one.scales = matrix_.scales.subspan(row * blocks, blocks);
  one.codes = matrix_.codes.subspan(row * bytes, bytes);
  return one;
}

}  // namespace crossglot

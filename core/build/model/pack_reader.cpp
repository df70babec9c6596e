#include "build/model/pack_reader.h"

#include "base/sha256.h"
#include "build/gzip.h"
#include "embed/pack_header.h"
#include "text/tokenizer.h"

namespace crossglot {
namespace {

Error named(const std::string& name, const Error& error) {
  return make_error(error.code, name + ": " + error.message);
}

// All rows by piece, out of the pages.
Status gather_rows(const PackReader& reader, const RowTable& table, Model& model) {
  std::vector<RowPage> pages;
  for (std::uint32_t i = 0; i < table.pages().size(); ++i) {
    if (!table.pages()[i].present()) {
      return make_error(ErrorCode::kInput, "the model has been cut down to some languages: import the whole one");
    }
    Result<RowPage> page = reader.read_page(table, i);
    if (!page) return page.error();
    if (i > 0 && page->matrix().encoding != pages.front().matrix().encoding) {
      return make_error(ErrorCode::kCorrupt, "the model has pages of two encodings");
    }
    pages.push_back(std::move(*page));
  }
  std::vector<std::uint16_t> scales;
  Bytes codes;
  for (std::uint32_t piece = 0; piece < table.pieces(); ++piece) {
    const RowPlace place = table.place(piece);
    const BlockMatrix row = pages[place.page].row(place.row);
    scales.insert(scales.end(), row.scales.begin(), row.scales.end());
    codes.insert(codes.end(), row.codes.begin(), row.codes.end());
  }
  model.rows.rows = table.pieces();
  model.rows.columns = table.hidden();
  model.rows.encoding = pages.front().matrix().encoding;
  model.rows.scales = model.numbers.scales.emplace_back(std::move(scales));
  model.rows.codes = model.codes.emplace_back(std::move(codes));
  return ok_status();
}

RowOrder order_of(const RowTable& table) {
  RowOrder order;
  std::vector<std::uint8_t> group_of_page;
  for (const RowGroup& group : table.groups()) {
    group_of_page.insert(group_of_page.end(), group.page_count, static_cast<std::uint8_t>(order.labels.size()));
    order.labels.push_back(group.label);
  }
  for (std::uint32_t piece = 0; piece < table.pieces(); ++piece) {
    order.group_of_piece.push_back(group_of_page[table.place(piece).page]);
  }
  return order;
}

}  // namespace

Result<PackReader> PackReader::open(ReadFile read) {
  const Result<Bytes> text = read(kDescriptionName);
  if (!text) return text.error();
  Result<ModelDescription> description = read_description(as_text(*text));
  if (!description) return description.error();
  return PackReader(std::move(read), std::move(*description));
}

Result<Bytes> PackReader::read_content(const PackFile& file) const {
  const Result<Bytes> stored = read_(file.name);
  if (!stored) return stored.error();
  if (stored->size() != file.size) {
    return make_error(ErrorCode::kCorrupt, file.name + ": not of the size that the model names: cut off?");
  }
  Result<Bytes> content = gunzip(*stored, kPackRawBytesMax);
  if (!content) return named(file.name, content.error());
  if (content->size() != file.raw || hex(sha256(*content)) != file.sha256) {
    return make_error(ErrorCode::kCorrupt, file.name + ": not the content that the model names");
  }
  return content;
}

Result<EncoderPack> PackReader::read_encoder() const {
  EncoderPack pack;
  for (const PackFile& file : description_.encoder) {
    Result<Bytes> content = read_content(file);
    if (!content) return content.error();
    if (pack.complete()) return make_error(ErrorCode::kCorrupt, file.name + ": more layers than the shape has");
    if (Status status = pack.attach(std::move(*content)); !status) return named(file.name, status.error());
  }
  if (!pack.complete()) return make_error(ErrorCode::kCorrupt, "model.json: names too few files of layers");
  if (!(pack.weights().shape == description_.shape)) {
    return make_error(ErrorCode::kCorrupt, "model.json: has another shape than the encoder's first file");
  }
  return pack;
}

Result<Bytes> PackReader::read_tokenizer() const {
  return read_content(description_.tokenizer);
}

Result<RowTable> PackReader::read_rows() const {
  const Result<Bytes> content = read_content(description_.rows);
  if (!content) return content.error();
  Result<RowTable> table = RowTable::open(*content);
  if (!table) return named(description_.rows.name, table.error());
  if (table->pieces() != description_.shape.pieces || table->hidden() != description_.shape.hidden) {
    return make_error(ErrorCode::kCorrupt, description_.rows.name + ": not of the size that model.json has");
  }
  return table;
}

Result<RowPage> PackReader::read_page(const RowTable& table, std::uint32_t page) const {
  const RowPageEntry& entry = table.pages().at(page);
  CG_CHECK(entry.present());
  Result<Bytes> content =
      read_content({entry.file.name, entry.file.stored_size, entry.file.raw_size, hex(entry.file.sha256)});
  if (!content) return content.error();
  Result<RowPage> result = RowPage::open(std::move(*content), entry.rows, table.hidden());
  if (!result) return named(entry.file.name, result.error());
  return result;
}

Result<Model> PackReader::read_model() const {
  Result<EncoderPack> encoder = read_encoder();
  if (!encoder) return encoder.error();
  Result<Bytes> tokenizer = read_tokenizer();
  if (!tokenizer) return tokenizer.error();
  const Result<RowTable> table = read_rows();
  if (!table) return table.error();
  Model model;
  if (Status status = gather_rows(*this, *table, model); !status) return status.error();
  model.card = description_.card;
  model.tokenizer = std::move(*tokenizer);
  model.tokenizer_kind = description_.tokenizer_kind;
  model.order = order_of(*table);
  model.id = description_.id;
  model.encoder = std::make_shared<const EncoderPack>(std::move(*encoder));
  model.weights = model.encoder->weights();
  return model;
}

}  // namespace crossglot

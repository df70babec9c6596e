#include "build/model/text_encoder.h"

#include <utility>

#include "base/check.h"
#include "embed/batch.h"

namespace crossglot {
namespace {

Error named(const std::string& name, const Error& error) {
  return make_error(error.code, name + ": " + error.message);
}

}  // namespace

TextEncoder::TextEncoder(PackReader reader, Encoder encoder, Tokenizer tokenizer, LoadedRows rows)
    : reader_(std::move(reader)),
      encoder_(std::move(encoder)),
      tokenizer_(std::move(tokenizer)),
      rows_(std::move(rows)) {}

Result<TextEncoder> TextEncoder::open(ReadFile read) {
  Result<PackReader> reader = PackReader::open(std::move(read));
  if (!reader) return reader.error();
  const ModelDescription& description = reader->description();
  const Result<Bytes> pieces = reader->read_tokenizer();
  if (!pieces) return pieces.error();
  Result<Tokenizer> tokenizer = Tokenizer::create(*pieces);
  if (!tokenizer) return named(description.tokenizer.name, tokenizer.error());
  if (tokenizer->piece_count() != description.shape.pieces) {
    return make_error(ErrorCode::kCorrupt, description.tokenizer.name + ": not as many pieces as there are rows");
  }
  Result<RowTable> table = reader->read_rows();
  if (!table) return table.error();
  Result<LoadedRows> rows = LoadedRows::create(std::move(*table), tokenizer->special().unknown);
  if (!rows) return named(description.rows.name, rows.error());
  const Result<EncoderPack> pack = reader->read_encoder();
  if (!pack) return pack.error();
  Result<Encoder> encoder = Encoder::create(pack->weights());
  if (!encoder) return named(description.encoder.front().name, encoder.error());
  return TextEncoder(std::move(*reader), std::move(*encoder), std::move(*tokenizer), std::move(*rows));
}

std::vector<std::uint32_t> TextEncoder::pieces_of(const std::string& text, TextKind kind) {
  const ModelCard& card = description().card;
  const SpecialPieces& special = tokenizer_.special();
  std::vector<std::uint32_t> pieces = {special.begin};
  tokenizer_.tokenize((kind == TextKind::kQuery ? card.query_prefix : card.passage_prefix) + text, workspace_,
                      pieces);
  const std::size_t room = encoder_.shape().positions - 1;
  if (pieces.size() > room) pieces.resize(room);
  pieces.push_back(special.end);
  return pieces;
}

Status TextEncoder::load_pages(std::span<const std::vector<std::uint32_t>> texts) {
  std::vector<std::uint32_t> missing;
  for (const std::vector<std::uint32_t>& pieces : texts) {
    rows_.missing(pieces, missing);
    for (const std::uint32_t page : missing) {
      Result<RowPage> read = reader_.read_page(rows_.table(), page);
      if (!read) return read.error();
      rows_.attach(page, std::move(*read));
    }
  }
  return ok_status();
}

Status TextEncoder::encode(std::span<const std::string> texts, TextKind kind, unsigned threads,
                           std::span<float> out) {
  CG_CHECK(out.size() == texts.size() * dimensions());
  std::vector<std::vector<std::uint32_t>> pieces;
  pieces.reserve(texts.size());
  for (const std::string& text : texts) pieces.push_back(pieces_of(text, kind));
  if (Status status = load_pages(pieces); !status) return status;
  return encode_batch(encoder_, rows_, pieces, threads, out);
}

}  // namespace crossglot

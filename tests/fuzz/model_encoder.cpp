#include "build/model/quantise.h"
#include "embed/block_matrix.h"
#include "embed/pack_encoder.h"
#include "fuzz/targets.h"

using namespace crossglot;

namespace {

void read(const BlockMatrix& matrix) {
  std::vector<float> row(matrix.columns);
  decode_row(matrix, matrix.rows - 1, row.data());
}

// The shape's file of tests/fuzz/corpus/model_encoder: one layer of 32.
Bytes shape_file() {
  Model model;
  EncoderWeights weights;
  weights.shape = {1, 32, 1, 32, 2, 5, 1e-12F, Pooling::kMean};
  weights.type = keep(std::vector<float>(32), model);
  weights.embedding_norm = {weights.type, weights.type};
  weights.positions = *quantise(std::vector<float>(64, 0.5F), 2, 32, BlockEncoding::kInt8, "positions", model);
  return build_encoder_file(weights);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  EncoderPack pack;
  if (!pack.attach(Bytes(data, data + size))) {
    CG_CHECK(pack.attach(shape_file()).ok());
    if (!pack.attach(Bytes(data, data + size))) CG_CHECK(!pack.complete());
  }
  if (!pack.complete()) return 0;
  const EncoderWeights& weights = pack.weights();
  read(weights.positions);
  for (const LayerWeights& layer : weights.layers) {
    read(layer.query.matrix);
    read(layer.output.matrix);
    CG_CHECK(layer.output_norm.shift.size() == weights.shape.hidden);
  }
  return 0;
}

#include "embed/float_reference.h"

#define EIGEN_MPL2_ONLY
#include <Eigen/Dense>
#include <cmath>

#include "base/check.h"
#include "embed/block_matrix.h"

namespace crossglot {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::RowVectorXf;

Matrix decode(const BlockMatrix& blocks) {
  Matrix out(blocks.rows, blocks.columns);
  for (std::uint32_t r = 0; r < blocks.rows; ++r) decode_row(blocks, r, out.row(r).data());
  return out;
}

Row copy(std::span<const float> floats) {
  return Eigen::Map<const Row>(floats.data(), static_cast<Eigen::Index>(floats.size()));
}

struct Linear {
  Matrix weights;  // [inputs][outputs]
  Row bias;
  explicit Linear(const LinearWeights& linear)
      : weights(decode(linear.matrix).transpose()), bias(copy(linear.bias)) {}
  Matrix operator()(const Matrix& x) const { return (x * weights).rowwise() + bias; }
};

struct Norm {
  Row scale, shift;
  explicit Norm(const NormWeights& norm) : scale(copy(norm.scale)), shift(copy(norm.shift)) {}
  void operator()(Matrix& x, float epsilon) const {
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      const Row centred = x.row(r).array() - x.row(r).mean();
      const float variance = centred.squaredNorm() / static_cast<float>(x.cols());
      x.row(r) = centred.cwiseProduct(scale) / std::sqrt(variance + epsilon) + shift;
    }
  }
};

struct Layer {
  Linear query, key, value, attention_output, feed_forward, output;
  Norm attention_norm, output_norm;
  explicit Layer(const LayerWeights& layer)
      : query(layer.query),
        key(layer.key),
        value(layer.value),
        attention_output(layer.attention_output),
        feed_forward(layer.feed_forward),
        output(layer.output),
        attention_norm(layer.attention_norm),
        output_norm(layer.output_norm) {}
};

Matrix attend(const Layer& layer, const Matrix& x, Eigen::Index heads) {
  const Matrix query = layer.query(x);
  const Matrix key = layer.key(x);
  const Matrix value = layer.value(x);
  const Eigen::Index size = x.cols() / heads;
  Matrix out(x.rows(), x.cols());
  for (Eigen::Index h = 0; h < heads; ++h) {
    Matrix scores = query.middleCols(h * size, size) * key.middleCols(h * size, size).transpose();
    scores /= std::sqrt(static_cast<float>(size));
    for (Eigen::Index r = 0; r < scores.rows(); ++r) {
      const Row exponentials = (scores.row(r).array() - scores.row(r).maxCoeff()).exp();
      scores.row(r) = exponentials / exponentials.sum();
    }
    out.middleCols(h * size, size) = scores * value.middleCols(h * size, size);
  }
  return out;
}

float gelu(float x) {
  return 0.5F * x * (1 + std::erf(x * 0.70710678F));
}

}  // namespace

struct FloatReference::Model {
  EncoderShape shape;
  Matrix positions;
  Row type;
  Norm embedding_norm;
  std::vector<Layer> layers;
  explicit Model(const EncoderWeights& weights)
      : shape(weights.shape),
        positions(decode(weights.positions)),
        type(copy(weights.type)),
        embedding_norm(weights.embedding_norm) {
    for (const LayerWeights& layer : weights.layers) layers.emplace_back(layer);
  }
};

FloatReference::FloatReference(const EncoderWeights& weights) : model_(std::make_unique<Model>(weights)) {}
FloatReference::~FloatReference() = default;

std::vector<float> FloatReference::encode(const RowSource& rows, std::span<const std::uint32_t> pieces) const {
  const EncoderShape& shape = model_->shape;
  const auto count = static_cast<Eigen::Index>(pieces.size());
  Matrix x(count, shape.hidden);
  for (Eigen::Index p = 0; p < count; ++p) {
    CG_CHECK(rows.row(pieces[static_cast<std::size_t>(p)], {x.row(p).data(), shape.hidden}));
    x.row(p) += model_->positions.row(p) + model_->type;
  }
  model_->embedding_norm(x, shape.layer_norm_epsilon);
  for (const Layer& layer : model_->layers) {
    x += layer.attention_output(attend(layer, x, shape.heads));
    layer.attention_norm(x, shape.layer_norm_epsilon);
    x += layer.output(layer.feed_forward(x).unaryExpr(&gelu));
    layer.output_norm(x, shape.layer_norm_epsilon);
  }
  const Row vector = shape.pooling == Pooling::kMean ? Row(x.colwise().mean()) : Row(x.row(0));
  const Row unit = vector / vector.norm();
  return {unit.data(), unit.data() + unit.size()};
}

}  // namespace crossglot

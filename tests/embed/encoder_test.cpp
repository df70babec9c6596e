// The engine on a small random model: against float arithmetic, and against itself by every variant and grouping.
#include "embed/encoder.h"

#include <catch2/catch_amalgamated.hpp>
#include <cmath>
#include <fstream>
#include <string>

#include "embed/batch.h"
#include "embed/float_reference.h"
#include "embed/small_digest.h"
#include "embed/small_model.h"

using namespace crossglot;
using crossglot::test::small_digest;
using crossglot::test::SmallModel;

namespace {

Encoder make(const EncoderWeights& weights, const Kernels& kernels = active()) {
  Result<Encoder> encoder = Encoder::create(weights, kernels);
  REQUIRE(encoder.ok());
  return std::move(*encoder);
}

std::vector<float> encode(const Encoder& encoder, const RowSource& rows, const std::vector<std::uint32_t>& pieces) {
  EncoderWorkspace workspace(encoder, pieces.size());
  std::vector<float> out(encoder.shape().hidden);
  REQUIRE(encoder.encode(rows, pieces, workspace, out).ok());
  return out;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double dot = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    dot += double{a[i]} * double{b[i]};
    aa += double{a[i]} * double{a[i]};
    bb += double{b[i]} * double{b[i]};
  }
  return dot / std::sqrt(aa * bb);
}

EncoderShape with_pooling(Pooling pooling) {
  EncoderShape shape = SmallModel::kShape;
  shape.pooling = pooling;
  return shape;
}

}  // namespace

TEST_CASE("vectors agree with float arithmetic, whatever the length and the pooling, and have length one") {
  for (Pooling pooling : {Pooling::kMean, Pooling::kFirst}) {
    const SmallModel model(with_pooling(pooling));
    const Encoder encoder = make(model.weights());
    const FloatReference reference(model.weights());
    for (std::size_t n : {1, 2, 3, 15, 16, 17, 33, 70}) {
      const std::vector<std::uint32_t> pieces = model.text(n, static_cast<std::uint32_t>(n));
      const std::vector<float> vector = encode(encoder, model, pieces);
      INFO(n << " pieces");
      CHECK(cosine(vector, reference.encode(model, pieces)) > 0.998);
      double squares = 0;
      for (float x : vector) squares += double{x} * double{x};
      CHECK(std::abs(squares - 1) < 1e-6);
    }
  }
}

TEST_CASE("every kernel variant gives the same vectors, bit for bit") {
  const SmallModel model;
  const Encoder scalar = make(model.weights(), *usable()[0]);
  for (const Kernels* kernels : usable()) {
    const Encoder encoder = make(model.weights(), *kernels);
    INFO(kernels->name);
    for (std::uint32_t n = 1; n <= 40; n += 3) {
      const std::vector<std::uint32_t> pieces = model.text(n, n);
      CHECK(encode(encoder, model, pieces) == encode(scalar, model, pieces));
    }
  }
}

TEST_CASE("the small model's vectors are the golden ones on every machine, natively and in wasm, to the last bit") {
  std::ifstream file(CROSSGLOT_TESTS_DIR "/embed/small_vectors.golden");
  std::string golden;
  REQUIRE(std::getline(file, golden));
  CHECK(small_digest() == golden);
}

TEST_CASE("a batch gives each text the vector that it has alone, on any number of threads") {
  const SmallModel model;
  const Encoder encoder = make(model.weights());
  std::vector<std::vector<std::uint32_t>> texts;
  for (std::uint32_t i = 0; i < 60; ++i) texts.push_back(model.text(1 + i * 7 % 70, i));
  std::vector<float> alone;
  for (const std::vector<std::uint32_t>& text : texts) {
    const std::vector<float> vector = encode(encoder, model, text);
    alone.insert(alone.end(), vector.begin(), vector.end());
  }
  for (unsigned threads : {1U, 2U, 5U}) {
    std::vector<float> out(alone.size());
    REQUIRE(encode_batch(encoder, model, texts, threads, out).ok());
    CHECK(out == alone);
  }
  CHECK(encode_batch(encoder, model, {}, 2, {}).ok());
}

TEST_CASE(
    "a text without pieces, with too many, of unknown ones or without its rows is an error and writes nothing") {
  SmallModel model;
  const Encoder encoder = make(model.weights());
  EncoderWorkspace workspace(encoder, 100);
  std::vector<float> out(64, 5);
  const auto code = [&](const std::vector<std::uint32_t>& pieces) {
    const Status status = encoder.encode(model, pieces, workspace, out);
    return status.ok() ? ErrorCode::kOk : status.error().code;
  };
  CHECK(code({}) == ErrorCode::kArgument);
  CHECK(code(model.text(71, 1)) == ErrorCode::kArgument);
  CHECK(code({1, 100, 2}) == ErrorCode::kArgument);
  CHECK(code({1, 0xffffffff}) == ErrorCode::kArgument);
  model.missing_piece = 7;
  CHECK(code({1, 7, 2}) == ErrorCode::kMissing);
  CHECK(out == std::vector<float>(64, 5));
  const std::vector<std::vector<std::uint32_t>> texts = {{1, 2}, {3, 7}, {1, 100}};
  std::vector<float> vectors(3 * 64);
  const Status status = encode_batch(encoder, model, texts, 2, vectors);
  REQUIRE_FALSE(status.ok());
  CHECK((status.error().code == ErrorCode::kMissing || status.error().code == ErrorCode::kArgument));
  model.missing_piece = ~0U;
  CHECK(code({1, 7, 2}) == ErrorCode::kOk);
}

TEST_CASE("a shape that the engine cannot run and a matrix of another shape are errors") {
  const auto code = [](const EncoderWeights& weights) {
    const Result<Encoder> encoder = Encoder::create(weights);
    return encoder.ok() ? ErrorCode::kOk : encoder.error().code;
  };
  EncoderShape narrow = SmallModel::kShape;
  narrow.heads = 8;  // of 8 dimensions
  CHECK(code(SmallModel(narrow).weights()) == ErrorCode::kArgument);
  SmallModel model;
  const EncoderWeights whole = model.weights();
  CHECK(code(whole) == ErrorCode::kOk);
  model.weights().layers[1].feed_forward = whole.layers[1].query;
  CHECK(code(model.weights()) == ErrorCode::kCorrupt);
  model.weights() = whole;
  model.weights().layers[2].output.bias = model.weights().layers[2].output.bias.first(63);
  CHECK(code(model.weights()) == ErrorCode::kCorrupt);
  model.weights() = whole;
  model.weights().layers[0].key.matrix.codes = model.weights().layers[0].key.matrix.codes.first(100);
  CHECK(code(model.weights()) == ErrorCode::kCorrupt);
  model.weights() = whole;
  model.weights().type = {};
  CHECK(code(model.weights()) == ErrorCode::kCorrupt);
  model.weights() = whole;
  model.weights().layers.push_back(whole.layers[0]);
  CHECK(code(model.weights()) == ErrorCode::kCorrupt);
}

TEST_CASE("layers can come one by one, and make the same encoder") {
  const SmallModel model;
  EncoderWeights head = model.weights();
  head.layers.clear();
  Encoder encoder = make(head);
  for (const LayerWeights& layer : model.weights().layers) {
    CHECK_FALSE(encoder.ready());
    REQUIRE(encoder.add_layer(layer).ok());
  }
  REQUIRE(encoder.ready());
  CHECK(encode(encoder, model, model.text(9, 1)) == encode(make(model.weights()), model, model.text(9, 1)));
}

TEST_CASE("finite but senseless weights give a defined vector") {
  SmallModel model;
  std::vector<std::uint16_t> scales(64 * 2, 0x7bff);  // 65504
  const std::vector<float> huge(64, 3e38F);
  for (LayerWeights& layer : model.weights().layers) {
    layer.query.matrix.scales = scales;
    layer.key.matrix.scales = scales;
    layer.query.bias = huge;
    layer.key.bias = huge;
    layer.output_norm.scale = huge;
    layer.output_norm.shift = huge;
  }
  for (const Kernels* kernels : usable()) {
    const std::vector<float> vector = encode(make(model.weights(), *kernels), model, model.text(20, 1));
    std::vector<std::int8_t> bytes(64);
    quantise_vector(vector, bytes);
    for (float x : vector) CHECK(std::abs(x) <= 1.0001F);
  }
}

TEST_CASE("a vector becomes bytes with its largest number at 127, ties to even") {
  const std::vector<float> vector = {1, -1, 0, 0.5F / 127, 1.5F / 127, -2.5F / 127, 0.25F};
  std::vector<std::int8_t> out(vector.size());
  CHECK(quantise_vector(vector, out) == 1.0F / 127);
  CHECK(out == std::vector<std::int8_t>{127, -127, 0, 0, 2, -2, 32});
  CHECK(quantise_vector(std::vector<float>(7, 0), out) == 0);
  CHECK(out == std::vector<std::int8_t>(7, 0));
}

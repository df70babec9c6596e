#include "embed/small_digest.h"

#include "base/check.h"
#include "base/sha256.h"
#include "embed/batch.h"
#include "embed/small_model.h"

namespace crossglot::test {

std::string small_digest() {
  Bytes bytes;
  for (Pooling pooling : {Pooling::kMean, Pooling::kFirst}) {
    EncoderShape shape = SmallModel::kShape;
    shape.pooling = pooling;
    const SmallModel model(shape, 2);
    const Result<Encoder> encoder = Encoder::create(model.weights());
    CG_CHECK(encoder.ok());
    std::vector<std::vector<std::uint32_t>> texts;
    for (std::uint32_t n = 1; n <= shape.positions; ++n) texts.push_back(model.text(n, n));
    std::vector<float> vectors(texts.size() * shape.hidden);
    CG_CHECK(encode_batch(*encoder, model, texts, 1, vectors).ok());
    const auto* begin = reinterpret_cast<const std::uint8_t*>(vectors.data());
    bytes.insert(bytes.end(), begin, begin + vectors.size() * sizeof(float));
  }
  return hex(sha256(bytes));
}

}  // namespace crossglot::test

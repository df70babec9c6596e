#include "embed/golden.h"

#include "base/check.h"
#include "base/sha256.h"
#include "embed/batch.h"
#include "embed/real_texts.h"

namespace crossglot::test {

std::string golden_digest(const RealModel& model) {
  const RealTexts texts = real_texts();
  std::vector<std::vector<std::uint32_t>> pieces;
  for (const std::string& text : texts.queries) {
    pieces.push_back(pieces_of(model, model.query_prefix, text, kQueryPieces));
  }
  for (const std::string& text : texts.passages) {
    pieces.push_back(pieces_of(model, model.passage_prefix, text, kPassagePieces));
  }
  Result<Encoder> encoder = Encoder::create(model.encoder.weights());
  CG_CHECK(encoder.ok());
  const std::size_t hidden = encoder->shape().hidden;
  std::vector<float> vectors(pieces.size() * hidden);
  CG_CHECK(encode_batch(*encoder, model.rows, pieces, 2, vectors).ok());
  std::vector<std::int8_t> bytes(vectors.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::span<float> vector(vectors.data() + i * hidden, hidden);
    quantise_vector(vector, std::span(bytes).subspan(i * hidden, hidden));
  }
  return hex(sha256({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
}

}  // namespace crossglot::test

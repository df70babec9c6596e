// The engine on the real model, where ./dev model has made its pack: close to float arithmetic, and the same bits
// natively and in wasm (vectors.golden, approved by ./approve).
#include <catch2/catch_amalgamated.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "base/sha256.h"
#include "embed/batch.h"
#include "embed/float_reference.h"
#include "embed/golden.h"
#include "embed/pack_fixture.h"
#include "embed/real_texts.h"

using namespace crossglot;
using namespace crossglot::test;

namespace {

// Slow builds look at every so many of the texts.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kEvery = 50;
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer)
constexpr std::size_t kEvery = 50;
#  else
constexpr std::size_t kEvery = 1;
#  endif
#else
constexpr std::size_t kEvery = 1;
#endif

// The model, read once; null where there is none.
const RealModel* model() {
  static const std::optional<RealModel> read = [] {
    const std::string folder = model_folder();
    if (folder.empty()) std::printf("skipped: no model pack (./dev model makes one)\n");
    return folder.empty() ? std::nullopt : read_model(folder);
  }();
  return read.has_value() ? &*read : nullptr;
}

std::vector<float> encode(const Encoder& encoder, EncoderWorkspace& workspace,
                          std::span<const std::uint32_t> pieces) {
  std::vector<float> out(encoder.shape().hidden);
  REQUIRE(encoder.encode(model()->rows, pieces, workspace, out).ok());
  return out;
}

}  // namespace

TEST_CASE("the real model's vectors are close to float arithmetic on the same pack, in every language") {
  if (model() == nullptr) return;
  Result<Encoder> encoder = Encoder::create(model()->encoder.weights());
  REQUIRE(encoder.ok());
  EncoderWorkspace workspace(*encoder, kPassagePieces);
  const FloatReference reference(model()->encoder.weights());
  const RealTexts texts = real_texts();
  double sum = 0;
  double least = 1;
  std::size_t count = 0;
  const auto compare = [&](const std::vector<std::uint32_t>& pieces) {
    const std::vector<float> a = encode(*encoder, workspace, pieces);
    const std::vector<float> b = reference.encode(model()->rows, pieces);
    double cosine = 0;
    for (std::size_t i = 0; i < a.size(); ++i) cosine += double{a[i]} * double{b[i]};
    sum += cosine;
    least = std::min(least, cosine);
    ++count;
  };
  for (std::size_t i = 0; i < texts.queries.size(); i += 13 * kEvery) {
    compare(pieces_of(*model(), model()->query_prefix, texts.queries[i], kQueryPieces));
  }
  for (std::size_t i = 0; i < texts.passages.size(); i += 3 * kEvery) {
    compare(pieces_of(*model(), model()->passage_prefix, texts.passages[i], kPassagePieces));
  }
  std::printf("cosine with float arithmetic, %zu texts: mean %.5f, least %.5f\n", count,
              sum / static_cast<double>(count), least);
  CHECK(sum / static_cast<double>(count) >= 0.995);
  CHECK(least >= 0.98);
}

TEST_CASE("the real model gives the golden vectors, natively and in wasm, byte for byte") {
  if (model() == nullptr || kEvery > 1) return;
  std::ifstream file(CROSSGLOT_TESTS_DIR "/embed/vectors.golden");
  std::string golden;
  REQUIRE(std::getline(file, golden));
  CHECK(golden_digest(*model()) == golden);
}

TEST_CASE("every variant gives the real model's vectors, bit for bit") {
  if (model() == nullptr) return;
  const RealTexts texts = real_texts();
  std::vector<std::vector<float>> expected;
  for (const Kernels* kernels : usable()) {
    Result<Encoder> encoder = Encoder::create(model()->encoder.weights(), *kernels);
    REQUIRE(encoder.ok());
    EncoderWorkspace workspace(*encoder, kQueryPieces);
    std::size_t n = 0;
    for (std::size_t i = 0; i < texts.queries.size(); i += 21 * kEvery, ++n) {
      const std::vector<std::uint32_t> pieces =
          pieces_of(*model(), model()->query_prefix, texts.queries[i], kQueryPieces);
      std::vector<float> vector = encode(*encoder, workspace, pieces);
      if (kernels == usable()[0])
        expected.push_back(std::move(vector));
      else
        CHECK(vector == expected[n]);
    }
    INFO(kernels->name);
    CHECK(n == expected.size());
  }
}

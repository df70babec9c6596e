// encoder_bench [PACK] [SECONDS]: how fast this machine encodes, by each kernel variant, in one thread; JSON lines.
//
//   passages_a_second  texts of 128 pieces, as indexing encodes them (embed/batch.h)
//   query_ms           one text of 16 pieces, the fastest of many: what a reader waits for
//   create_ms          packing all layers
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "embed/batch.h"
#include "embed/pack_fixture.h"

using namespace crossglot;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Pieces from all over the vocabulary: rows come from memory as real texts' do.
std::vector<std::uint32_t> some_pieces(const EncoderShape& shape, std::size_t count, std::uint32_t seed) {
  std::vector<std::uint32_t> pieces(count);
  for (std::uint32_t& piece : pieces) {
    seed = seed * 1664525U + 1013904223U;
    piece = (seed >> 8U) % shape.pieces;
  }
  return pieces;
}

void measure(const test::RealModel& model, const Kernels& kernels, double seconds) {
  const Clock::time_point begin = Clock::now();
  const Result<Encoder> encoder = Encoder::create(model.encoder.weights(), kernels);
  const double create = seconds_since(begin);
  if (!encoder.ok()) {
    std::fprintf(stderr, "%s\n", encoder.error().message.c_str());
    std::exit(1);
  }
  std::vector<std::vector<std::uint32_t>> passages;
  for (std::uint32_t i = 0; i < 8; ++i) passages.push_back(some_pieces(encoder->shape(), 128, i));
  std::vector<float> out(passages.size() * encoder->shape().hidden);
  double passage = 1e9;
  for (const Clock::time_point start = Clock::now(); seconds_since(start) < seconds;) {
    const Clock::time_point one = Clock::now();
    if (!encode_batch(*encoder, model.rows, passages, 1, out)) std::exit(1);
    passage = std::min(passage, seconds_since(one) / static_cast<double>(passages.size()));
  }
  const std::vector<std::uint32_t> query = some_pieces(encoder->shape(), 16, 99);
  EncoderWorkspace workspace(*encoder, 128);
  double fastest = 1e9;
  for (const Clock::time_point start = Clock::now(); seconds_since(start) < seconds / 2;) {
    const Clock::time_point one = Clock::now();
    if (!encoder->encode(model.rows, query, workspace, {out.data(), encoder->shape().hidden})) std::exit(1);
    fastest = std::min(fastest, seconds_since(one));
  }
  std::printf("{\"variant\":\"%s\",\"passages_a_second\":%.1f,\"query_ms\":%.2f,\"create_ms\":%.0f}\n", kernels.name,
              1 / passage, 1e3 * fastest, 1e3 * create);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : test::model_folder();
  const double seconds = argc > 2 ? std::atof(argv[2]) : 2;
  const std::optional<test::RealModel> model = folder.empty() ? std::nullopt : test::read_model(folder);
  if (!model.has_value()) {
    std::fprintf(stderr, "encoder_bench: no model pack; ./dev model makes one\n");
    return 1;
  }
  for (const Kernels* kernels : usable()) measure(*model, *kernels, seconds);
}

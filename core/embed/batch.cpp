#include "embed/batch.h"

#include <algorithm>

#if !defined(__EMSCRIPTEN__)
#  include <atomic>
#  include <thread>
#endif

#include "base/check.h"

namespace crossglot {
namespace {

// Pieces of one pass: enough that reading weights costs little beside using them, few enough that what they become
// stays in the second-level cache.
constexpr std::size_t kPassPieces = 256;

struct Pass {
  std::size_t begin, end;  // texts
};

// Runs of texts, in their order, of at most kPassPieces pieces; a longer text has a pass of its own.
std::vector<Pass> cut_into_passes(std::span<const std::vector<std::uint32_t>> texts) {
  std::vector<Pass> passes;
  std::size_t pieces = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (passes.empty() || pieces + texts[i].size() > kPassPieces) {
      passes.push_back({i, i});
      pieces = 0;
    }
    pieces += texts[i].size();
    passes.back().end = i + 1;
  }
  return passes;
}

}  // namespace

Status encode_batch(const Encoder& encoder, const RowSource& rows, std::span<const std::vector<std::uint32_t>> texts,
                    [[maybe_unused]] unsigned threads, std::span<float> out) {
  const std::size_t hidden = encoder.shape().hidden;
  CG_CHECK(encoder.ready() && out.size() == texts.size() * hidden);
  const std::vector<Pass> passes = cut_into_passes(texts);
  std::vector<Status> results(passes.size(), ok_status());
  const auto run = [&](std::size_t number, EncoderWorkspace& workspace) {
    const Pass pass = passes[number];
    const std::size_t count = pass.end - pass.begin;
    // A text that is too long has no room in a workspace either: encode_all() says what is wrong with it.
    results[number] = encoder.encode_all(rows, texts.subspan(pass.begin, count), workspace,
                                         out.subspan(pass.begin * hidden, count * hidden));
  };
  const std::size_t room = std::max<std::size_t>(kPassPieces, encoder.shape().positions);
#if defined(__EMSCRIPTEN__)
  EncoderWorkspace workspace(encoder, room);
  for (std::size_t i = 0; i < passes.size(); ++i) run(i, workspace);
#else
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    EncoderWorkspace workspace(encoder, room);
    for (std::size_t i = next++; i < passes.size(); i = next++) run(i, workspace);
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, passes.size()); ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
#endif
  for (Status& result : results) {
    if (!result) return result;
  }
  return ok_status();
}

}  // namespace crossglot

#include "build/parallel.h"

#if !defined(__EMSCRIPTEN__)
#  include <algorithm>
#  include <atomic>
#  include <thread>
#  include <vector>
#endif

namespace crossglot {

void run_parallel(std::size_t count, [[maybe_unused]] unsigned threads, const std::function<void(std::size_t)>& job) {
#if defined(__EMSCRIPTEN__)
  for (std::size_t i = 0; i < count; ++i) job(i);
#else
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) job(i);
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
#endif
}

}  // namespace crossglot

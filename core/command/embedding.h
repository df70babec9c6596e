// command/embedding.h - the native VectorSource: a model pack on this machine's threads, behind a cache, with
// progress.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "build/model/text_encoder.h"
#include "build/model/vector_identity.h"
#include "build/vector_source.h"
#include "command/terminal.h"
#include "command/vector_file.h"

namespace crossglot::command {

struct EmbeddingReport {
  std::uint64_t texts = 0;
  std::uint64_t encoded = 0;  // the others were in the cache
};

class Embedding {
 public:
  // cache    a folder, or "none"; empty: the user's cache folder ($XDG_CACHE_HOME, ~/.cache).
  // progress borrowed.
  // Errors: those of TextEncoder and VectorFile.
  static Result<Embedding> open(const std::string& model, const std::string& cache, unsigned threads,
                                Progress& progress);

  // Borrows this object.
  VectorSource source();
  const EmbeddingReport& report() const { return report_; }

 private:
  Embedding(TextEncoder encoder, VectorFile cache, unsigned threads, Progress& progress)
      : encoder_(std::move(encoder)), cache_(std::move(cache)), threads_(threads), progress_(&progress) {}
  Status embed(std::span<const EmbedText> texts, std::span<std::int8_t> out);
  // Texts of one kind.
  Result<std::vector<std::int8_t>> encode(std::span<const EmbedText> texts, std::span<const std::uint32_t> numbers);
  void show(const VectorWork& work, std::size_t done, double seconds);

  TextEncoder encoder_;
  VectorFile cache_;
  unsigned threads_;
  Progress* progress_;
  EmbeddingReport report_;
};

}  // namespace crossglot::command

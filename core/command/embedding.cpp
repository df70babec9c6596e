#include "command/embedding.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "build/vector_work.h"
#include "command/model_folder.h"
#include "command/model_place.h"

namespace crossglot::command {
namespace {

// Texts of one call: enough for threads to share, few enough to show that something happens and to lose little.
constexpr std::size_t kRun = 256;

std::string readable_time(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  return whole < 90 ? std::to_string(whole) + " s" : std::to_string((whole + 30) / 60) + " min";
}

// Empty where the user has no cache folder.
std::string cache_path(const std::string& cache, const ModelDescription& description) {
  std::string folder = cache;
  if (folder.empty()) {
    const char* user = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    if (user != nullptr && *user != '\0') {
      folder = std::string(user) + "/crossglot";
    } else if (home != nullptr && *home != '\0') {
      folder = std::string(home) + "/.cache/crossglot";
    }
  }
  return folder.empty() ? std::string() : folder + "/" + cache_file_name(description);
}

// The next texts of one kind.
std::span<const std::uint32_t> next_run(std::span<const EmbedText> texts, std::span<const std::uint32_t> missing) {
  std::size_t count = 0;
  while (count < std::min(kRun, missing.size()) && texts[missing[count]].query == texts[missing[0]].query) ++count;
  return missing.first(count);
}

}  // namespace

Result<Embedding> Embedding::open(const std::string& model, const std::string& cache, unsigned threads,
                                  Progress& progress) {
  const Result<std::string> folder = find_model(model);
  if (!folder) return folder.error();
  Result<TextEncoder> encoder = TextEncoder::open(read_from_folder(*folder));
  if (!encoder) return make_error(encoder.error().code, *folder + ": " + encoder.error().message);
  VectorFile file;
  const std::string path = cache == "none" ? std::string() : cache_path(cache, encoder->description());
  if (!path.empty()) {
    Result<VectorFile> opened = VectorFile::open(path);
    if (!opened) return opened.error();
    file = std::move(*opened);
  }
  return Embedding(std::move(*encoder), std::move(file), threads, progress);
}

VectorSource Embedding::source() {
  return {vector_identity(encoder_.description()), encoder_.dimensions(),
          [this](std::span<const EmbedText> texts, std::span<std::int8_t> out) { return embed(texts, out); }};
}

Status Embedding::embed(std::span<const EmbedText> texts, std::span<std::int8_t> out) {
  VectorWork work(texts, VectorCache(cache_identity(encoder_.description()), encoder_.dimensions()));
  if (Status status = cache_.read(work); !status) return status;
  const std::span<const std::uint32_t> missing = work.take_missing();
  report_ = {texts.size(), missing.size()};
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t done = 0; done < missing.size();) {
    const std::span<const std::uint32_t> run = next_run(texts, missing.subspan(done));
    const Result<std::vector<std::int8_t>> vectors = encode(texts, run);
    if (!vectors) return vectors.error();
    if (Status status = cache_.append(work.add(done, *vectors)); !status) return status;
    done += run.size();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    show(work, done, taken.count());
  }
  std::copy(work.vectors().begin(), work.vectors().end(), out.begin());
  return ok_status();
}

void Embedding::show(const VectorWork& work, std::size_t done, double seconds) {
  const double share = work.share();
  progress_->show("embedding", share,
                  grouped(done) + " of " + grouped(work.missing().size()) + ", about " +
                      readable_time(seconds / share * (1 - share)) + " left");
}

Result<std::vector<std::int8_t>> Embedding::encode(std::span<const EmbedText> texts,
                                                   std::span<const std::uint32_t> numbers) {
  const std::size_t dimensions = encoder_.dimensions();
  std::vector<std::string> run;
  for (const std::uint32_t number : numbers) run.push_back(texts[number].text);
  std::vector<float> vectors(run.size() * dimensions);
  const TextKind kind = texts[numbers.front()].query ? TextKind::kQuery : TextKind::kPassage;
  if (Status status = encoder_.encode(run, kind, threads_, vectors); !status) return status.error();
  std::vector<std::int8_t> bytes(vectors.size());
  for (std::size_t i = 0; i < run.size(); ++i) {
    quantise_vector(std::span<const float>(vectors).subspan(i * dimensions, dimensions),
                    std::span<std::int8_t>(bytes).subspan(i * dimensions, dimensions));
  }
  return bytes;
}

}  // namespace crossglot::command

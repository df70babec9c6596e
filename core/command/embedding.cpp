#include "command/embedding.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "build/passages.h"
#include "command/model_folder.h"
#include "command/model_place.h"

namespace crossglot::command {
namespace {

// Texts of one call: enough for threads to share, few enough to show that something happens and to lose little.
constexpr std::size_t kRun = 256;

std::string cache_file(const std::string& cache, const ModelDescription& description) {
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
  return folder.empty() ? std::string() : folder + "/" + description.id.substr(0, 16) + ".vectors";
}

std::string readable_time(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  return whole < 90 ? std::to_string(whole) + " s" : std::to_string((whole + 30) / 60) + " min";
}

}  // namespace

std::string vector_identity(const ModelDescription& description) {
  return description.id + "-" + std::to_string(kVectorFormat) + "-" + kPassageRules;
}

Result<Embedding> Embedding::open(const std::string& model, const std::string& cache, unsigned threads,
                                  Progress& progress) {
  const Result<std::string> folder = find_model(model);
  if (!folder) return folder.error();
  Result<TextEncoder> encoder = TextEncoder::open(read_from_folder(*folder));
  if (!encoder) return make_error(encoder.error().code, *folder + ": " + encoder.error().message);
  VectorCache vectors(encoder->dimensions());
  const std::string path = cache == "none" ? std::string() : cache_file(cache, encoder->description());
  if (!path.empty()) {
    const std::string identity = encoder->description().id + "-" + std::to_string(kVectorFormat);
    Result<VectorCache> opened = VectorCache::open(path, identity, encoder->dimensions());
    if (!opened) return opened.error();
    vectors = std::move(*opened);
  }
  return Embedding(std::move(*encoder), std::move(vectors), threads, progress);
}

VectorSource Embedding::source() {
  return {vector_identity(encoder_.description()), encoder_.dimensions(),
          [this](std::span<const EmbedText> texts, std::span<std::int8_t> out) { return embed(texts, out); }};
}

// Texts of about one length follow one another, since they share passes over the weights.
Status Embedding::embed(std::span<const EmbedText> texts, std::span<std::int8_t> out) {
  const std::size_t dimensions = encoder_.dimensions();
  std::vector<std::size_t> unknown;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (cache_.find(texts[i], out.subspan(i * dimensions, dimensions))) continue;
    unknown.push_back(i);
    bytes += texts[i].text.size();
  }
  report_ = {texts.size(), unknown.size()};
  std::sort(unknown.begin(), unknown.end(), [&](std::size_t a, std::size_t b) {
    if (texts[a].query != texts[b].query) return texts[a].query;
    if (texts[a].text.size() != texts[b].text.size()) return texts[a].text.size() > texts[b].text.size();
    return a < b;
  });
  const auto begin = std::chrono::steady_clock::now();
  std::uint64_t done = 0;
  for (std::size_t first = 0; first < unknown.size();) {
    std::vector<std::size_t> numbers;
    for (; first < unknown.size() && numbers.size() < kRun; ++first) {
      if (!numbers.empty() && texts[numbers.front()].query != texts[unknown[first]].query) break;
      numbers.push_back(unknown[first]);
      done += texts[unknown[first]].text.size();
    }
    if (Status status = encode(texts, numbers, out); !status) return status;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    const double share = static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(bytes, 1));
    progress_->show("vectors", share,
                    grouped(first) + " of " + grouped(unknown.size()) + " texts, " +
                        readable_time(taken.count() / share * (1 - share)) + " left");
  }
  return cache_.flush();
}

Status Embedding::encode(std::span<const EmbedText> texts, const std::vector<std::size_t>& numbers,
                         std::span<std::int8_t> out) {
  const std::size_t dimensions = encoder_.dimensions();
  std::vector<std::string> run;
  for (const std::size_t number : numbers) run.push_back(texts[number].text);
  std::vector<float> vectors(run.size() * dimensions);
  const TextKind kind = texts[numbers.front()].query ? TextKind::kQuery : TextKind::kPassage;
  if (Status status = encoder_.encode(run, kind, threads_, vectors); !status) return status;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::span<std::int8_t> bytes = out.subspan(numbers[i] * dimensions, dimensions);
    quantise_vector(std::span<const float>(vectors).subspan(i * dimensions, dimensions), bytes);
    if (Status status = cache_.add(texts[numbers[i]], bytes); !status) return status;
  }
  return cache_.flush();
}

}  // namespace crossglot::command

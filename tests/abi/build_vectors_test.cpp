// A bundle with vectors through the C interface of the builder: what a host is asked for, and what it gives.
#include <catch2/catch_amalgamated.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "build/model/description.h"
#include "crossglot/build.h"

using namespace crossglot;

namespace {

constexpr std::size_t kDimensions = 32;
constexpr std::string_view kDocuments =
    R"({"url":"/en/tea/","lang":"en","title":"Tea","group":"tea","sections":[{"heading":"Tea","text":"Hot tea."}]})"
    "\n"
    R"({"url":"/de/tea/","lang":"de","title":"Tee","group":"tea","sections":[{"heading":"Tee","text":"Tee."}]})"
    "\n";

std::string model_json() {
  const PackFile file = {"0123456789abcdef.cgm", 9, 9, std::string("0123456789abcdef") + std::string(48, '0')};
  ModelDescription model;
  model.id = std::string(32, 'a');
  model.card = {"m", "MIT", "", "ask: ", "say: "};
  model.shape = {1, kDimensions, 2, 64, 16, 99, 1e-5F, Pooling::kMean};
  model.tokenizer_kind = "unigram";
  model.tokenizer = model.rows = file;
  model.encoder = {file, file};
  return write_description(model);
}

std::string text_of(const cg_text& text) {
  return std::string(text.data, text.size);
}

struct Handle {
  cg_builder* builder = cg_builder_new();
  ~Handle() { cg_builder_delete(builder); }

  void add_documents() const {
    cg_text segment;
    cg_text report;
    REQUIRE(cg_analyse(builder, kDocuments.data(), kDocuments.size(), "d", 1, 1, 0, &segment, &report) == 0);
    const std::string bytes = text_of(segment);
    REQUIRE(cg_builder_add(builder, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()) == 0);
  }

  // What is missing, by the cache's file.
  std::vector<std::string> ask(const std::string& cache, std::string* plan = nullptr) const {
    const std::string json = model_json();
    cg_text out;
    cg_text header;
    REQUIRE(cg_builder_embed(builder, json.data(), json.size(), &out) == 0);
    if (plan != nullptr) *plan = text_of(out);
    cg_builder_read_cache(builder, reinterpret_cast<const uint8_t*>(cache.data()), cache.size());
    cg_builder_missing(builder, &out, &header);
    if (plan != nullptr) *plan += "\n" + text_of(out) + "\n" + text_of(header);
    std::vector<std::string> texts;
    for (cg_text text; cg_builder_text(builder, static_cast<uint32_t>(texts.size()), &text) != 0;) {
      texts.push_back(text_of(text));
    }
    return texts;
  }

  std::string give(uint32_t first, uint32_t count) const {
    std::vector<int8_t> vectors;
    for (uint32_t i = 0; i < count * kDimensions; ++i) vectors.push_back(static_cast<int8_t>(first * 40 + i * 7));
    cg_text records;
    cg_builder_vectors(builder, first, count, vectors.data(), &records);
    return text_of(records);
  }

  cg_status seed(const std::string& table, const std::string& name = "t.tsv") const {
    return cg_builder_seed(builder, table.data(), table.size(), name.data(), name.size());
  }

  cg_status means(const std::string& text) const {
    const std::string json = model_json();
    return cg_builder_means(builder, text.data(), text.size(), "m.tsv", 5, json.data(), json.size());
  }

  std::string error() const {
    cg_text message;
    cg_builder_error(builder, &message);
    return text_of(message);
  }

  std::vector<std::string> finish(std::string* said = nullptr) const {
    cg_text report;
    REQUIRE(cg_builder_finish(builder, &report) == 0);
    if (said != nullptr) *said = text_of(report);
    std::vector<std::string> files;
    cg_text name;
    cg_text bytes;
    for (uint32_t i = 0; cg_builder_file(builder, i, &name, &bytes) != 0; ++i) {
      files.push_back(text_of(name) + text_of(bytes));
    }
    return files;
  }
};

}  // namespace

TEST_CASE("a host is told which texts to encode, gives their vectors, and finds them in the cache's file") {
  Handle first;
  first.add_documents();
  std::string plan;
  const std::vector<std::string> texts = first.ask("", &plan);
  CHECK(plan.starts_with(R"({"model":")" + std::string(32, 'a') + "-"));
  CHECK(plan.find(R"("cache":")" + std::string(16, 'a') + R"(.vectors","texts":)") != std::string::npos);
  CHECK(plan.find(R"("good":0})") != std::string::npos);
  REQUIRE(texts.size() >= 5);
  CHECK(texts.front().starts_with("ask: "));
  CHECK(texts.back().starts_with("say: "));
  CHECK(cg_builder_share(first.builder) == 0);
  std::string cache = plan.substr(plan.rfind("CGVC"));
  // In any order, in lots of any size.
  cache += first.give(1, static_cast<uint32_t>(texts.size()) - 1);
  CHECK(cg_builder_share(first.builder) < 1);
  cache += first.give(0, 1);
  CHECK(cg_builder_share(first.builder) == 1);
  std::string report;
  const std::vector<std::string> files = first.finish(&report);
  CHECK(report.find(R"("vectorRows":1,)") != std::string::npos);

  Handle second;
  second.add_documents();
  CHECK(second.ask(cache).empty());
  CHECK(second.finish() == files);

  Handle third;
  third.add_documents();
  CHECK(third.ask(cache.substr(0, cache.size() - 1), &plan).size() == 1);
  CHECK(plan.find(R"("good":)" + std::to_string(cache.size() - kDimensions - 20) + "}") != std::string::npos);
}

TEST_CASE("a description that is broken, or of another family, is an error, and words go on") {
  Handle handle;
  handle.add_documents();
  cg_text out;
  std::string json = model_json();
  CHECK(cg_builder_embed(handle.builder, json.data(), json.size() / 2, &out) ==
        static_cast<cg_status>(ErrorCode::kCorrupt));
  json.replace(json.find("\"bert\""), 6, "\"t5\"");
  CHECK(cg_builder_embed(handle.builder, json.data(), json.size(), &out) ==
        static_cast<cg_status>(ErrorCode::kInput));
  cg_text report;
  REQUIRE(cg_builder_finish(handle.builder, &report) == 0);
  CHECK(text_of(report).find(R"("vectorRows":0,)") != std::string::npos);
}

TEST_CASE("word tables serve the readers that are named, and the report says whom") {
  const std::string table = "# crossglot seed 1\n@ fr en\nth\ttea 90\n@ ko en\ncha\ttea 90\n@ en de\nhot\ttee 50\n";
  const auto built = [&](const char* readers, std::string* report) {
    const Handle handle;
    handle.add_documents();
    REQUIRE(handle.seed(table) == 0);
    if (readers != nullptr) cg_builder_readers(handle.builder, readers, std::string_view(readers).size());
    return handle.finish(report);
  };
  std::string report;
  const std::vector<std::string> all = built(nullptr, &report);
  CHECK(report.find("\"readers\"") == std::string::npos);
  const std::vector<std::string> french = built("fr,de,ar", &report);
  CHECK(report.find(R"(],"readers":{"with":["fr"],"without":["ar"]},"warnings":)") != std::string::npos);
  CHECK(french != all);
  CHECK(built("it", &report) != french);
  CHECK(report.find(R"("readers":{"with":[],"without":["it"]})") != std::string::npos);

  const Handle plain;
  plain.add_documents();
  CHECK(plain.finish() == built("it", &report));
  const Handle broken;
  CHECK(broken.seed("# crossglot seed 1\nnonsense\n") == static_cast<cg_status>(ErrorCode::kInput));
  CHECK(broken.error().starts_with("t.tsv:2: "));
}

TEST_CASE("means of queries are of the model, and change what a bundle says of languages") {
  const auto file = [](const std::string& model, int first) {
    std::string text = "# crossglot means 1\n@ " + model + " 32\nfr\t9\t" + std::to_string(first);
    for (std::size_t i = 1; i < kDimensions; ++i) text += " 0";
    return text + "\n";
  };
  const auto built = [](const std::string& means, const std::string& refused) {
    const Handle handle;
    REQUIRE(handle.means(means) == 0);
    if (!refused.empty()) REQUIRE(handle.means(refused) != 0);
    handle.add_documents();
    const auto texts = static_cast<uint32_t>(handle.ask("").size());
    handle.give(0, texts);
    return handle.finish();
  };
  std::string identity;
  {
    const Handle handle;
    handle.add_documents();
    std::string plan;
    handle.ask("", &plan);
    identity = plan.substr(10, plan.find("\",\"cache\"") - 10);
    CHECK(handle.means(file("other", 500)) == static_cast<cg_status>(ErrorCode::kArgument));
    CHECK(handle.error() == "m.tsv: means of another model, or of another version of it");
    CHECK(handle.means("# crossglot means 1\nfr\t9\t1\n") == static_cast<cg_status>(ErrorCode::kInput));
    CHECK(handle.error().starts_with("m.tsv:2: "));
  }
  const std::vector<std::string> one = built(file(identity, 500), "");
  CHECK(one != built(file(identity, -500), ""));
  CHECK(one == built(file(identity, 500), file("other", -500)));
}

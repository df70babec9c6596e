// From documents to a list of vectors, with an encoder that knows nothing: which texts it gets, what becomes of them.
#include <catch_amalgamated.hpp>
#include <cmath>
#include <map>

#include "build/centring.h"
#include "build/gzip.h"
#include "build/manifest.h"
#include "build/site.h"
#include "format/vector_list.h"
#include "format/vector_shard.h"
#include "vector/int4.h"

namespace crossglot::test {
namespace {

constexpr std::size_t kDimensions = 128;

// Numbers out of a text's bytes; equal texts are equal.
void encode(const EmbedText& text, std::span<std::int8_t> out) {
  std::uint32_t state = text.query ? 7 : 3;
  for (const char c : text.text) state = (state ^ static_cast<std::uint8_t>(c)) * 16777619u;
  for (std::int8_t& x : out) {
    state = state * 1664525u + 1013904223u;
    x = static_cast<std::int8_t>(state >> 24);
  }
}

struct Built {
  explicit Built(const std::string& lines, unsigned threads = 1, unsigned folds = 0) {
    VectorSource source;
    source.model = "fake";
    source.dimensions = kDimensions;
    source.embed = [&](std::span<const EmbedText> given, std::span<std::int8_t> out) -> Status {
      texts.assign(given.begin(), given.end());
      for (std::size_t i = 0; i < given.size(); ++i) encode(given[i], out.subspan(i * kDimensions, kDimensions));
      return ok_status();
    };
    const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
    Result<Segment> segment = analyse(lines, {}, *stemmer);
    REQUIRE(segment);
    Builder builder;
    REQUIRE(builder.add(std::move(segment->bytes)));
    BuildOptions options;
    options.threads = threads;
    options.eval_folds = folds;
    options.vectors = &source;
    auto built = builder.finish(options);
    REQUIRE(built);
    files = std::move(*built);
    const auto manifest = read_manifest(as_text(files.back().bytes));
    REQUIRE(manifest);
    REQUIRE(manifest->vectors.size() == 1);
    CHECK(manifest->vectors[0].model == "fake");
    for (const BundleFile& file : files) {
      if (file.name != manifest->vectors[0].list) continue;
      auto opened = VectorList::open(*gunzip(file.bytes, kRawBytesMax));
      REQUIRE(opened);
      list = std::move(*opened);
    }
    CHECK(list.row_count() == manifest->vectors[0].rows);
  }

  bool has_text(std::string_view text, bool query) const {
    for (const EmbedText& given : texts) {
      if (given.text == text && given.query == query) return true;
    }
    return false;
  }
  std::vector<float> row(std::size_t number) const {
    const auto shard =
        VectorShard::open(list.inline_bytes(list.shards.front().part), list.row_count(), list.dimensions);
    REQUIRE(shard);
    std::vector<float> vector(kDimensions);
    dequantise_int4(shard->nibbles.subspan(number * int4_row_bytes(kDimensions), int4_row_bytes(kDimensions)),
                    shard->scales[number], vector);
    return vector;
  }

  std::vector<EmbedText> texts;
  std::vector<BundleFile> files;
  VectorList list;
};

float cosine(const std::vector<float>& a, const std::vector<float>& b) {
  float sum = 0, left = 0, right = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += a[i] * b[i];
    left += a[i] * a[i];
    right += b[i] * b[i];
  }
  return sum / std::sqrt(left * right);
}

std::vector<float> vector_of(std::string text) {
  std::vector<std::int8_t> bytes(kDimensions);
  encode({std::move(text), false}, bytes);
  return unit_vector(bytes);
}

}  // namespace

TEST_CASE("versions of a page share units, and the encoder gets each text once") {
  const Built built(line("/en/a", "en", "Tea", {"Green tea.", "Hot water first."}, "a") +
                    line("/de/a", "de", "Tee", {"Grüner Tee.", "Erst heißes Wasser."}, "a") +
                    line("/en/b", "en", "Rice", {"Green tea."}, "b"));
  CHECK(built.list.group_count() == 2);
  CHECK(built.list.unit_count() == 3);
  CHECK(built.list.row_count() == 3);
  CHECK(built.has_text("Tea Green tea.", false));
  CHECK(built.has_text("Tee > Part 1 Erst heißes Wasser.", false));
  CHECK(built.has_text("Rice Green tea.", false));
  CHECK(built.has_text("Tea", true));
  CHECK(built.has_text("Green tea.", true));
  std::map<std::pair<std::string, bool>, int> count;
  for (const EmbedText& text : built.texts) CHECK(++count[{text.text, text.query}] == 1);
  for (const VectorLanguage& language : built.list.languages) CHECK(language.exceptions.empty());
}

TEST_CASE("a row is near all of its versions, and a language's own is left out of what is held out") {
  std::string lines =
      line("/en/a", "en", "Tea", {"Green tea."}, "a") + line("/de/a", "de", "Tee", {"Grüner Tee."}, "a");
  // More pages, so that the means are not these two.
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    lines += line("/en/x" + number, "en", "Page " + number, {"Text of page number " + number}, "x" + number);
    lines += line("/de/x" + number, "de", "Seite " + number, {"Text der Seite Nummer " + number}, "x" + number);
  }
  const Built built(lines, 1, 2);
  const std::vector<float> row = built.row(0);
  CHECK(cosine(row, vector_of("Tea Green tea.")) > 0.5F);
  CHECK(cosine(row, vector_of("Tee Grüner Tee.")) > 0.5F);
  CHECK(std::abs(cosine(built.row(1), vector_of("Tea Green tea."))) < 0.4F);
  REQUIRE(built.list.held_out.size() == 2);
  CHECK(built.list.held_out[0].lang == "de");
  const auto shard = VectorShard::open(built.list.inline_bytes(built.list.held_out[0].shards[0].part),
                                       built.list.row_count(), kDimensions);
  REQUIRE(shard);
  std::vector<float> held_out(kDimensions);
  dequantise_int4(shard->nibbles.first(int4_row_bytes(kDimensions)), shard->scales[0], held_out);
  CHECK(cosine(held_out, vector_of("Tea Green tea.")) > 0.8F);
  CHECK(cosine(held_out, vector_of("Tee Grüner Tee.")) < 0.4F);
}

TEST_CASE("a version that lacks a section says which units its sections are") {
  const std::string much = "A paragraph that is much longer than the others, so that it is told from them by length.";
  const Built built(line("/en/a", "en", "Tea", {"Green tea.", much, "Short."}, "a") +
                    R"({"url": "/de/a", "lang": "de", "title": "Tee", "group": "a", "sections": [)"
                    R"({"text": "Grüner Tee."}, {"heading": "Teil", "anchor": "p2", "text": "Kurz."}]})"
                    "\n");
  CHECK(built.list.unit_count() == 3);
  const VectorLanguage* german = built.list.find_language("de");
  REQUIRE(german != nullptr);
  CHECK(section_of_unit(*german, 0, 0) == 0);
  CHECK(section_of_unit(*german, 0, 1) == kNoSection);
  CHECK(section_of_unit(*german, 0, 2) == 1);
  CHECK(section_of_unit(*built.list.find_language("en"), 0, 2) == 2);
}

TEST_CASE("a long section has windows, a page that was not translated counts once") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "word" + std::to_string(i) + " ";
  const Built built(line("/en/a", "en", "Tea", {text}, "a") + line("/de/a", "de", "Tea", {text}, "a"));
  CHECK(built.list.unit_count() == 1);
  CHECK(built.list.row_count() == 3);
  std::size_t passages = 0;
  for (const EmbedText& given : built.texts) passages += given.query ? 0 : 1;
  CHECK(passages == 3);
}

TEST_CASE("the bytes do not depend on threads, and a site of one page keeps its vector") {
  const std::string lines = line("/en/a", "en", "Tea", {"Green tea.", "Hot water first."}, "a") +
                            line("/de/a", "de", "Tee", {"Grüner Tee."}, "a");
  const Built one(lines, 1, 2);
  const Built four(lines, 4, 2);
  REQUIRE(one.files.size() == four.files.size());
  for (std::size_t i = 0; i < one.files.size(); ++i) CHECK(one.files[i].bytes == four.files[i].bytes);
  const Built alone(line("/en/a", "en", "Tea", {"Green tea."}, "a"));
  CHECK(cosine(alone.row(0), vector_of("Tea Green tea.")) > 0.98F);
}

TEST_CASE("texts can be had before the build is finished, the same in the same order, and change no byte") {
  const std::string lines = line("/en/a", "en", "Tea", {"Green tea.", "Hot water first."}, "a") +
                            line("/de/a", "de", "Tee", {"Grüner Tee."}, "a");
  const Built whole(lines);
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  REQUIRE(builder.add(analyse(lines, {}, *stemmer)->bytes));
  const std::span<const EmbedText> texts = builder.texts(1);
  REQUIRE(texts.size() == whole.texts.size());
  std::vector<std::int8_t> vectors(texts.size() * kDimensions);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(texts[i].text == whole.texts[i].text);
    CHECK(texts[i].query == whole.texts[i].query);
    encode(texts[i], std::span(vectors).subspan(i * kDimensions, kDimensions));
  }
  VectorSource source;
  source.model = "fake";
  source.dimensions = kDimensions;
  source.embed = [&](std::span<const EmbedText>, std::span<std::int8_t> out) -> Status {
    std::copy(vectors.begin(), vectors.end(), out.begin());
    return ok_status();
  };
  BuildOptions options;
  options.vectors = &source;
  const auto files = builder.finish(options);
  REQUIRE(files);
  REQUIRE(files->size() == whole.files.size());
  for (std::size_t i = 0; i < files->size(); ++i) CHECK((*files)[i].bytes == whole.files[i].bytes);
}

TEST_CASE("an encoder that fails ends the build with its error") {
  VectorSource source;
  source.dimensions = kDimensions;
  source.embed = [](std::span<const EmbedText>, std::span<std::int8_t>) -> Status {
    return make_error(ErrorCode::kIo, "no encoder today");
  };
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  REQUIRE(builder.add(analyse(line("/en/a", "en", "Tea", {"Green tea."}), {}, *stemmer)->bytes));
  BuildOptions options;
  options.vectors = &source;
  const auto files = builder.finish(options);
  REQUIRE_FALSE(files);
  CHECK(files.error().message == "no encoder today");
}

}  // namespace crossglot::test

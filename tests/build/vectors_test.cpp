// From documents to a list of vectors, with an encoder that knows nothing: which texts it gets, what becomes of them.
#include <catch_amalgamated.hpp>
#include <cmath>
#include <map>

#include "build/centring.h"
#include "build/generic_means.h"
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
  explicit Built(const std::string& lines, unsigned threads = 1, unsigned folds = 0, unsigned means_without = 0,
                 const GenericMeans* means = nullptr) {
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
    options.eval_means_without = means_without;
    options.vectors = &source;
    options.means = means;
    BuildReport report;
    auto built = builder.finish(options, &report);
    REQUIRE(built);
    means_of_site = report.means;
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
  std::vector<float> row(std::size_t number) const { return row_of(list.shards.front(), number); }
  std::vector<float> row_of(const VectorShardRef& ref, std::size_t number) const {
    const auto shard = VectorShard::open(list.inline_bytes(ref.part), list.row_count(), list.dimensions);
    REQUIRE(shard);
    std::vector<float> vector(kDimensions);
    dequantise_int4(shard->nibbles.subspan(number * int4_row_bytes(kDimensions), int4_row_bytes(kDimensions)),
                    shard->scales[number], vector);
    return vector;
  }

  std::vector<EmbedText> texts;
  std::string means_of_site;
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

std::vector<float> vector_of(std::string text, bool query = false) {
  std::vector<std::int8_t> bytes(kDimensions);
  encode({std::move(text), query}, bytes);
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
  CHECK(built.has_text("Tea > Part 1 Hot water first.", true));
  CHECK_FALSE(built.has_text("Tee > Part 1 Erst heißes Wasser.", true));
  CHECK(built.has_text("Tea", true));
  CHECK(built.has_text("Green tea.", true));
  std::map<std::pair<std::string, bool>, int> count;
  for (const EmbedText& text : built.texts) CHECK(++count[{text.text, text.query}] == 1);
  for (const VectorLanguage& language : built.list.languages) CHECK(language.exceptions.empty());
}

TEST_CASE("means that have not seen a fold are made of the other folds' pages alone, and every page keeps its row") {
  std::string lines;
  std::uint32_t others = 0;
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    lines += line("/en/x" + number, "en", "Page " + number, {"Text of page number " + number}, "x" + number);
    lines += line("/de/x" + number, "de", "Seite " + number, {"Text der Seite Nummer " + number}, "x" + number);
    others += fold_of_group("x" + number, 2) == 2 ? 1 : 0;
  }
  REQUIRE(others > 5);
  REQUIRE(others < 25);
  const Built whole(lines, 1, 2);
  const Built half(lines, 1, 2, 1);
  CHECK(half.list.row_count() == whole.list.row_count());
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(whole.list.languages[i].passage_count == 30);
    CHECK(half.list.languages[i].passage_count == others);
    CHECK(half.list.languages[i].query_count == 2 * others);  // titles and first sentences
    CHECK(half.list.languages[i].passage_mean != whole.list.languages[i].passage_mean);
  }
}

TEST_CASE("a row is near its versions and its opening, and a language's own is left out of what is held out") {
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
  CHECK(cosine(row, vector_of("Tea Green tea.", true)) > 0.3F);
  CHECK(std::abs(cosine(built.row(1), vector_of("Tea Green tea."))) < 0.4F);
  REQUIRE(built.list.held_out.size() == 2);
  CHECK(built.list.held_out[0].lang == "de");
  const std::vector<float> without_german = built.row_of(built.list.held_out[0].shards[0], 0);
  CHECK(cosine(without_german, vector_of("Tea Green tea.")) > 0.7F);
  CHECK(cosine(without_german, vector_of("Tea Green tea.", true)) > 0.3F);
  CHECK(cosine(without_german, vector_of("Tee Grüner Tee.")) < 0.4F);
  const std::vector<float> without_english = built.row_of(built.list.held_out[1].shards[0], 0);
  CHECK(cosine(without_english, vector_of("Tee Grüner Tee.")) > 0.9F);
  CHECK(cosine(without_english, vector_of("Tea Green tea.", true)) < 0.4F);
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
  std::vector<float> both = vector_of("Tea Green tea.");
  const std::vector<float> opening = vector_of("Tea Green tea.", true);
  for (std::size_t i = 0; i < kDimensions; ++i) both[i] += 0.5F * opening[i];
  CHECK(cosine(alone.row(0), both) > 0.98F);
}

// A file of means: of every language the number `units` thousandths in all dimensions.
std::string means_text(const std::vector<std::pair<std::string, int>>& languages) {
  std::string text = "# crossglot means 1\n@ fake " + std::to_string(kDimensions) + "\n";
  for (const auto& [lang, units] : languages) {
    text += lang + "\t300\t";
    for (std::size_t i = 0; i < kDimensions; ++i) text += (i > 0 ? " " : "") + std::to_string(units);
    text += "\n";
  }
  return text;
}

TEST_CASE("a language that the site lacks has another site's mean, moved by half of what the site's own differ in") {
  GenericMeans means;
  REQUIRE(means.read(means_text({{"en-US", 20}, {"fr", 100}, {"de-AT", 60}}), "means.tsv"));
  std::string lines;
  for (int i = 0; i < 90; ++i) {
    const std::string number = std::to_string(i);
    lines += line("/en/" + number, "en", "Page " + number, {"Text of page number " + number}, number);
  }
  lines += line("/de/0", "de", "Seite", {"Deutscher Text."}, "0");
  const Built without(lines);
  const Built with(lines, 1, 2, 0, &means);
  REQUIRE(with.list.languages.size() == 3);
  const VectorLanguage& english = *with.list.find_language("en");
  const VectorLanguage& german = *with.list.find_language("de");
  const VectorLanguage& french = *with.list.find_language("fr");
  CHECK(english.source == MeanSource::kSite);
  CHECK(german.source == MeanSource::kBlend);
  CHECK(french.source == MeanSource::kGeneric);
  CHECK(french.query_count == 300);
  CHECK(french.passage_count == 0);
  for (std::size_t i = 0; i < kDimensions; ++i) {
    CHECK(french.passage_mean[i] == 0);
    // English texts are nearly all that the site has: its own mean is what the others are moved by.
    const float moved = 0.1F + (english.query_mean[i] - 0.02F) / 2;
    CHECK(french.query_mean[i] == Catch::Approx(moved).margin(0.01));
  }
  // A few texts say little: the German mean is mostly the prior's.
  CHECK(cosine(german.query_mean, french.query_mean) >
        cosine(without.list.find_language("de")->query_mean, french.query_mean));
  REQUIRE(with.list.held_out.size() == 2);
  CHECK(with.list.held_out[1].lang == "en");
  CHECK(without.list.find_language("fr") == nullptr);
}

TEST_CASE("a file of means has one model, and numbers that a vector can have") {
  const std::string whole = means_text({{"fr", 100}});
  GenericMeans means;
  for (const std::string& more : {std::string("@ fake 4\n"), std::string("@ other 384\n"), whole.substr(20)}) {
    const Status read = means.read(whole + more, "means.tsv");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::kInput);
    CHECK(read.error().message.starts_with("means.tsv:4: "));
  }
  for (const char* number : {"-2147483648", "1001", "99999999999", "x"}) {
    const Status read =
        means.read(std::string("# crossglot means 1\n@ fake 1\nfr\t3\t") + number + "\n", "means.tsv");
    REQUIRE_FALSE(read);
    CHECK(read.error().message.starts_with("means.tsv:3: "));
  }
}

TEST_CASE("a site's means are a file for other sites") {
  std::string lines;
  for (int i = 0; i < 90; ++i) {
    const std::string number = std::to_string(i);
    lines += line("/en/" + number, "en", "Page " + number, {"Text of page number " + number}, number);
  }
  const Built built(lines + line("/de/0", "de", "Seite", {"Deutscher Text."}, "0"));
  GenericMeans means;
  REQUIRE(means.read(built.means_of_site, "means.tsv"));
  CHECK(means.model() == "fake");
  CHECK(means.dimensions() == kDimensions);
  REQUIRE(means.languages().size() == 1);  // German has too few texts
  const VectorLanguage& english = *built.list.find_language("en");
  CHECK(means.find("en-GB") == &means.languages().front());
  CHECK(means.find("fr") == nullptr);
  CHECK(means.languages()[0].count == english.query_count);
  for (std::size_t i = 0; i < kDimensions; ++i) {
    CHECK(means.languages()[0].mean[i] == Catch::Approx(english.query_mean[i]).margin(0.00051));
  }
}

TEST_CASE("a broken file of means is refused with its line, and what was read stays") {
  GenericMeans means;
  REQUIRE(means.read(means_text({{"fr", 1}}), "means.tsv"));
  const auto error = [&](const std::string& text) {
    const Status status = means.read(text, "m.tsv");
    if (status.ok()) return std::string();
    CHECK(status.error().code == ErrorCode::kInput);
    return status.error().message.substr(0, 8);
  };
  const std::string head = "# crossglot means 1\n";
  CHECK(error("") == "m.tsv:1:");
  CHECK(error("# crossglot means 2\n") == "m.tsv:1:");
  CHECK(error(head + "@ fake\n") == "m.tsv:2:");
  CHECK(error(head + "@ fake 99999\n") == "m.tsv:2:");
  CHECK(error(head + "fr\t1\t1 2\n") == "m.tsv:2:");
  CHECK(error(head + "@ fake 2\nfr\t1\t1 2 3\n") == "m.tsv:3:");
  CHECK(error(head + "@ fake 2\nfr\t0\t1 2\n") == "m.tsv:3:");
  CHECK(error(head + "@ fake 2\nfr\t1\t1 x\n") == "m.tsv:3:");
  CHECK(error(head + "@ fake 2\nfr\t1\t1 2000\n") == "m.tsv:3:");
  CHECK(error(head + "@ fake 2\nfr\t1\t1 2\nfr\t1\t1 2\n") == "m.tsv:1:");
  CHECK(means.languages().size() == 1);
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

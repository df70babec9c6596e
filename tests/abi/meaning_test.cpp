// Meaning through the C interface: a bundle's vectors in, rankings out.
#include "crossglot/meaning.h"

#include <catch2/catch_amalgamated.hpp>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "search/bundle.h"

using crossglot::Bytes;
using crossglot::EmbedText;
using crossglot::ErrorCode;
using crossglot::VectorSource;

namespace crossglot::test {
namespace {

constexpr std::size_t kDimensions = 128;

// Numbers out of a text's words, so that texts that share words are near one another.
std::vector<std::int8_t> encode(std::string_view text) {
  std::vector<std::int32_t> sums(kDimensions, 0);
  std::uint32_t word = 7;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ') {
      word = (word ^ static_cast<std::uint8_t>(text[i])) * 16777619U;
      continue;
    }
    for (std::int32_t& sum : sums) {
      word = word * 1664525U + 1013904223U;
      sum += static_cast<std::int32_t>(word >> 28U) - 7;
    }
    word = 7;
  }
  std::vector<std::int8_t> bytes;
  for (const std::int32_t sum : sums)
    bytes.push_back(static_cast<std::int8_t>(sum < -127 ? -127 : sum > 127 ? 127 : sum));
  return bytes;
}

std::string hex_digits(const std::vector<std::int8_t>& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  for (const std::int8_t byte : bytes) {
    digits += kDigits[static_cast<std::uint8_t>(byte) >> 4U];
    digits += kDigits[static_cast<std::uint8_t>(byte) & 15U];
  }
  return digits;
}

// Large enough that words and vectors are in files of their own.
const Bundle& bundle() {
  static const VectorSource source = {"words-1-p1", kDimensions,
                                      [](std::span<const EmbedText> texts, std::span<std::int8_t> out) -> Status {
                                        auto to = out.begin();
                                        for (const EmbedText& text : texts) {
                                          for (const std::int8_t number : encode(text.text)) *to++ = number;
                                        }
                                        return ok_status();
                                      }};
  static const Bundle made(large_site(700, {page("/en/kettle", "Kettle", "Boil the water before the leaves.")}),
                           &source);
  return made;
}

struct Handle {
  cg_index* index = cg_index_new();
  ~Handle() { cg_index_delete(index); }

  ErrorCode add(cg_status (*call)(cg_index*, const std::uint8_t*, std::size_t), const Bytes& list) const {
    return static_cast<ErrorCode>(call(index, list.data(), list.size()));
  }
  void add_bundle() const {
    for (const Bytes& list : bundle().lists()) REQUIRE(add(cg_add_language, list) == ErrorCode::kOk);
    REQUIRE(add(cg_add_vectors, bundle().vectors()) == ErrorCode::kOk);
  }
  ErrorCode ask(cg_status (*call)(cg_index*, const char*, std::size_t, cg_text*), const std::string& request,
                std::string& answer) const {
    cg_text out{};
    const cg_status status = call(index, request.data(), request.size(), &out);
    if (status != 0) cg_error_message(index, &out);
    answer.assign(out.data, out.size);
    return static_cast<ErrorCode>(status);
  }
  std::string error_of(const std::string& request) const {
    std::string error;
    CHECK(ask(cg_search, request, error) == ErrorCode::kArgument);
    return error;
  }
  // Files that the request asked for before its answer was whole.
  std::size_t feed(const std::string& request) const {
    std::size_t files = 0;
    for (;;) {
      std::string answer;
      REQUIRE(ask(cg_search, request, answer) == ErrorCode::kOk);
      const std::size_t needs = answer.find(R"("needs":[)");
      REQUIRE(needs != std::string::npos);
      std::size_t at = answer.find('[', needs) + 1;
      if (answer[at] == ']') return files;
      for (; answer[at - 1] != ']'; ++files) {
        const std::size_t end = answer.find('"', at + 1);
        const std::string name = answer.substr(at + 1, end - at - 1);
        at = end + 2;
        const Bytes& bytes = bundle().files().at(name);
        REQUIRE(cg_attach(index, name.data(), name.size(), bytes.data(), bytes.size()) == 0);
      }
    }
  }
  std::string search(const std::string& request) const {
    feed(request);
    std::string answer;
    REQUIRE(ask(cg_search, request, answer) == ErrorCode::kOk);
    return answer;
  }
};

std::string asked(const std::string& query, const std::string& more = "") {
  return "query=" + query + "\nlang=en\n" + more + "vector=" + hex_digits(encode(query)) + "\n";
}

}  // namespace

TEST_CASE("an index says whose vectors it has, and has them once") {
  const Handle handle;
  cg_text model{};
  cg_vector_model(handle.index, &model);
  CHECK(model.size == 0);
  handle.add_bundle();
  cg_vector_model(handle.index, &model);
  CHECK(std::string(model.data, model.size) == "words-1-p1");
  CHECK(handle.add(cg_add_vectors, bundle().vectors()) == ErrorCode::kArgument);
}

TEST_CASE("a list of vectors that is cut off, or another file, is corrupt, and the right one still goes in") {
  const Handle handle;
  Bytes cut = bundle().vectors();
  cut.resize(cut.size() / 2);
  CHECK(handle.add(cg_add_vectors, cut) == ErrorCode::kCorrupt);
  CHECK(handle.add(cg_add_vectors, bundle().lists().front()) == ErrorCode::kCorrupt);
  CHECK(handle.add(cg_add_vectors, {}) == ErrorCode::kCorrupt);
  handle.add_bundle();
}

TEST_CASE("what a vector finds is what the core finds with the same vector") {
  const Handle handle;
  handle.add_bundle();
  const std::string query = "boil water";
  SearchRequest request = test::request(query);
  for (const std::int8_t number : encode(query)) request.vector.push_back(number);
  const std::string expected = to_json(bundle().search(request));
  CHECK(handle.search(asked(query)) == expected);
  CHECK(handle.search(asked(query, "mode=lexical\n")) == handle.search("query=boil water\nlang=en\n"));
  request.mode = SearchMode::kDense;
  CHECK(handle.search(asked(query, "mode=dense\n")) == to_json(bundle().search(request)));
}

TEST_CASE("a draft of a row needs no file that the whole answer does not need, but for one-bit codes") {
  const Handle handle;
  handle.add_bundle();
  const std::size_t draft = handle.feed(asked("boil water", "limit=1\ndraft=1\n"));
  const std::size_t rest = handle.feed(asked("boil water", "limit=1\n"));
  const Handle other;
  other.add_bundle();
  const std::size_t whole = other.feed(asked("boil water", "limit=1\n"));
  CHECK(draft > 1);
  CHECK(rest > 0);
  CHECK(draft + rest == whole + 1);
  CHECK(handle.search(asked("boil water", "draft=1\n")).find("/en/kettle") != std::string::npos);
}

TEST_CASE("vectors of another size, broken digits and unknown modes are errors that name the key") {
  const Handle handle;
  handle.add_bundle();
  CHECK(handle.error_of("query=a\nvector=7f80\n").find("2 dimensions") != std::string::npos);
  for (const char* vector : {"7", "7g", "7F", "-1", "0x", "nan"}) {
    CHECK(handle.error_of(std::string("query=a\nvector=") + vector + "\n").starts_with("vector:"));
  }
  CHECK(handle.error_of("query=a\nmode=both\n").starts_with("mode:"));
  CHECK(handle.search("query=kettle\nvector=\n") == handle.search("query=kettle\n"));
}

TEST_CASE("more rows than there are, and filters that leave nothing, are answers") {
  const Handle handle;
  handle.add_bundle();
  const std::string all = handle.search(asked("boil water", "limit=10000\nsections=1\n"));
  CHECK(all.find("/en/kettle") != std::string::npos);
  CHECK(handle.search(asked("boil water", "filter=version:9\n")).find("\"hits\":[]") != std::string::npos);
}

}  // namespace crossglot::test

// Which rows share a page.
#include <catch_amalgamated.hpp>
#include <numeric>

#include "build/model/pack_writer.h"
#include "build/model/row_order.h"
#include "embed/pack_rows.h"

namespace crossglot::test {
namespace {

const std::vector<std::string> kPieces = {"",       "▁the",    "▁поиск", "検索", "ひらがな", "カタカナ",
                                          "▁বাংলা", "ქართული", "42",     "🦀",   "ﬁ"};

std::string label(const RowOrder& order, std::size_t piece) {
  return order.labels.at(order.group_of_piece.at(piece));
}

TEST_CASE("a piece belongs to the script of its first letter that has one") {
  const RowOrder order = order_by_script(kPieces);
  const std::vector<std::string> expected = {"Zyyy", "Latn", "Cyrl", "Hani", "Hrkt", "Hrkt",
                                             "Beng", "Geor", "Zyyy", "Zyyy", "Zyyy"};
  for (std::size_t i = 0; i < kPieces.size(); ++i) CHECK(label(order, i) == expected[i]);
}

// Of the pieces above; a language with twice the text does not count more.
const CountsByLanguage kCounts = {{"ja", {0, 0, 0, 0, 30, 10, 0, 0, 0, 40, 0}},
                                  {"ru", {0, 6, 4, 0, 0, 2, 0, 0, 0, 28, 0}}};

TEST_CASE("what a site uses most comes first, the rest by the language that uses it most") {
  const RowOrder order = order_by_script(kPieces);
  const RowOrder used = order_by_use(order, kCounts, std::vector<std::uint32_t>{0}, 2);
  CHECK(label(used, 9) == "first");
  CHECK(label(used, 4) == "first");
  CHECK(label(used, 0) == "first");
  CHECK(label(used, 1) == "ru");
  CHECK(label(used, 2) == "ru");
  CHECK(label(used, 5) == "ja");
  CHECK(label(used, 3) == "Hani");
  CHECK(used.labels == std::vector<std::string>{"first", "ja", "ru", "Zyyy", "Beng", "Geor", "Hani"});
}

TEST_CASE("equal use goes to the lower piece") {
  const RowOrder order = order_by_script(kPieces);
  const RowOrder used = order_by_use(order, {{"en", {0, 0, 5, 5, 5, 0, 0, 0, 0, 0, 0}}}, {}, 2);
  CHECK(label(used, 2) == "first");
  CHECK(label(used, 3) == "first");
  CHECK(label(used, 4) == "en");
}

TEST_CASE("ordering twice keeps the groups' names apart") {
  const RowOrder order = order_by_script(kPieces);
  const RowOrder once = order_by_use(order, kCounts, {}, 2);
  const RowOrder twice = order_by_use(once, kCounts, {}, 2);
  CHECK(twice.labels == once.labels);
  CHECK(twice.group_of_piece == once.group_of_piece);
}

TEST_CASE("a site of hundreds of languages has groups for the largest ones") {
  const std::vector<std::string> pieces(500, "a");
  CountsByLanguage counts;
  for (std::size_t i = 0; i < 400; ++i) {
    std::vector<std::uint64_t>& numbers = counts["l" + std::to_string(i)];
    numbers.resize(pieces.size());
    numbers[i] = i + 1;
  }
  const RowOrder used = order_by_use(order_by_script(pieces), counts, {}, 10);
  CHECK(used.labels.size() == 1 + 64 + 2);
  CHECK(label(used, 399) == "l399");
  CHECK(label(used, 336) == "l336");
  CHECK(label(used, 335) == "seen");
  CHECK(label(used, 450) == "Latn");
}

TEST_CASE("a language needs its scripts, Latin and what has no script") {
  const RowOrder order = order_by_script(kPieces);
  const auto kept = [&](const std::vector<std::string>& languages) {
    std::string names;
    const std::vector<bool> needed = groups_of_languages(order, languages);
    for (std::size_t i = 0; i < needed.size(); ++i) {
      if (needed[i]) names += order.labels[i] + " ";
    }
    return names;
  };
  CHECK(kept({"fr"}) == "Zyyy Latn ");
  CHECK(kept({"ja"}) == "Zyyy Latn Hani Hrkt ");
  CHECK(kept({"zh-CN", "ru"}) == "Zyyy Latn Cyrl Hani ");
  CHECK(kept({"bn", "ka_GE"}) == "Zyyy Latn Beng Geor ");
}

TEST_CASE("a vocabulary of any size fills at most 300 pages") {
  for (const std::uint32_t rows : {1u, 300u, 30'522u, 250'002u, 1u << 20}) {
    for (const std::size_t groups : {1u, 27u, 255u}) {
      std::vector<std::uint32_t> sizes(groups, rows / static_cast<std::uint32_t>(groups));
      sizes[0] += rows % static_cast<std::uint32_t>(groups);
      const std::uint32_t limit = rows_a_page(sizes, 216);
      std::uint64_t pages = 0;
      for (const std::uint32_t size : sizes) pages += (size + limit - 1) / limit;
      INFO(rows << " rows in " << groups << " groups, " << limit << " a page");
      CHECK(pages <= kRowPagesMax);
      CHECK(limit <= kPageRowsMax);
      CHECK(std::size_t{limit} * 216 >= 65'536);
    }
  }
}

}  // namespace
}  // namespace crossglot::test

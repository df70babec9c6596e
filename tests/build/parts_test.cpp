// The builder's own algorithms: grouping, order, compounds, gzip, manifest.
#include <catch_amalgamated.hpp>
#include <deque>

#include "build/compounds.h"
#include "build/grouping.h"
#include "build/gzip.h"
#include "build/manifest.h"

namespace crossglot {
namespace {

struct PageSpec {
  std::string_view url, lang, group;
  std::vector<std::pair<std::string_view, std::string_view>> alternates;
};

struct Grouped {
  std::vector<std::string> names;  // of each page's group
  std::vector<std::string> warnings;
};

Grouped group(const std::vector<PageSpec>& specs) {
  std::deque<SegmentPage> pages;
  std::vector<const SegmentPage*> pointers;
  for (const PageSpec& spec : specs) {
    SegmentPage& page = pages.emplace_back();
    page.text.url = spec.url;
    page.text.lang = spec.lang;
    page.text.group = spec.group;
    page.alternates = spec.alternates;
    pointers.push_back(&page);
  }
  Grouped result;
  const Grouping grouping = group_pages(pointers, result.warnings);
  for (const std::uint32_t number : grouping.group_of) result.names.push_back(grouping.names[number]);
  return result;
}

using Names = std::vector<std::string>;

TEST_CASE("an explicit group wins over paths and alternates") {
  const Grouped grouped = group({{"/en/a/", "en", "x", {}}, {"/fr/b/", "fr", "x", {}}, {"/fr/a/", "fr", "y", {}}});
  CHECK(grouped.names == Names{"x", "x", "y"});
  CHECK(grouped.warnings.empty());
}

TEST_CASE("alternates join pages of unlike paths, with or without host, and from one side alone") {
  const Grouped grouped = group({{"/en/tea/", "en", "", {}},
                                 {"/fr/the/", "fr", "", {{"en", "https://docs.example/en/tea/"}}},
                                 {"/de/tee/", "de", "", {{"en", "/en/tea/"}}}});
  CHECK(grouped.names == Names{"tea/", "tea/", "tea/"});
  CHECK(grouped.warnings.empty());
}

TEST_CASE("an alternate that leads nowhere joins nothing, and one warning tells all of them") {
  const Grouped grouped = group({{"/en/tea/", "en", "", {{"ja", "/ja/none/"}, {"ko", "/ko/none/"}}},
                                 {"/fr/the/", "fr", "", {{"en", "/en/tea/"}}}});
  CHECK(grouped.names == Names{"tea/", "tea/"});
  REQUIRE(grouped.warnings.size() == 1);
  CHECK(
      grouped.warnings[0] ==
      "/ja/none/, a translation of /en/tea/, is not among the pages, and neither are 1 other translations that pages "
      "name");
}

TEST_CASE("alternates in a circle make one group, and its second page of a language leaves it") {
  const Grouped grouped = group({{"/en/tea/", "en", "", {{"fr", "/fr/the/"}}},
                                 {"/fr/the/", "fr", "", {{"en", "/en/cha/"}}},
                                 {"/en/cha/", "en", "", {{"en", "/en/tea/"}}}});
  CHECK(grouped.names == Names{"tea/", "tea/", "cha/"});
  REQUIRE(grouped.warnings.size() == 1);
  CHECK(grouped.warnings[0] == "/en/tea/ and /en/cha/ both claim to be one page in en; the second one stands alone");
}

TEST_CASE("paths that differ in their language alone are one page") {
  CHECK(group({{"/guide/", "en", "", {}}, {"/fr/guide/", "fr", "", {}}, {"/pt-br/guide/", "pt-BR", "", {}}}).names ==
        Names{"guide/", "guide/", "guide/"});
  CHECK(group({{"/a/i.en.html", "en", "", {}}, {"/a/i.fr.html", "fr", "", {}}}).names ==
        Names{"a/i.html", "a/i.html"});
  CHECK(group({{"/docs/fr/x", "fr", "", {}}, {"/docs/en/y", "en", "", {}}}).names == Names{"docs/x", "docs/y"});
}

TEST_CASE("a second page of one language leaves its group with a warning") {
  const Grouped grouped = group({{"/en/a/", "en", "x", {}}, {"/en/b/", "en", "x", {}}, {"/fr/a/", "fr", "x", {}}});
  CHECK(grouped.names == Names{"x", "/en/b/", "x"});
  REQUIRE(grouped.warnings.size() == 1);
  CHECK(grouped.warnings[0] == "/en/a/ and /en/b/ both claim to be one page in en; the second one stands alone");
}

TEST_CASE("compounds split at words of the vocabulary, with joints between") {
  const std::vector<std::string_view> words = {"tabellen", "blatt", "sicherheit", "kopie", "tabellenblatt", "schutz",
                                               "donau",    "dampf", "schiff",     "fahrt", "über"};
  const auto find = [&](std::string_view word) -> std::uint32_t {
    const auto at = std::find(words.begin(), words.end(), word);
    return at == words.end() ? UINT32_MAX : static_cast<std::uint32_t>(at - words.begin());
  };
  const auto split = [&](std::string_view word, std::string_view lang = "de") {
    std::vector<std::string_view> parts;
    for (const std::uint32_t part : split_compound(word, lang, find)) parts.push_back(words[part]);
    return parts;
  };
  using Parts = std::vector<std::string_view>;
  CHECK(split("tabellenblatt") == Parts{"tabellen", "blatt"});
  CHECK(split("sicherheitskopie") == Parts{"sicherheit", "kopie"});
  CHECK(split("tabellenblattschutz") == Parts{"tabellenblatt", "schutz"});
  CHECK(split("donaudampfschifffahrt") == Parts{"donau", "dampf", "schiff", "fahrt"});
  CHECK(split("überfahrt") == Parts{"über", "fahrt"});
  CHECK(split("tabellen").empty());
  CHECK(split("tabellenunbekannt").empty());
  CHECK(split("tabellenblatt", "en").empty());
  CHECK(joins_compounds("sv-SE"));
  CHECK_FALSE(joins_compounds("fr"));
}

TEST_CASE("a word made to be hard to split ends at once") {
  const auto find = [](std::string_view word) -> std::uint32_t {
    return word.find_first_not_of('e') == std::string_view::npos ? 0 : UINT32_MAX;
  };
  CHECK(split_compound(std::string(95, 'e') + "x", "de", find).empty());
}

TEST_CASE("gzip gives the same bytes each time, and inflates to what went in") {
  Bytes content;
  for (std::uint32_t i = 0; i < 100'000; ++i) content.push_back(static_cast<std::uint8_t>(i * i >> 7));
  for (const Bytes& bytes : {Bytes{}, Bytes{7}, content}) {
    const Bytes file = gzip(bytes);
    CHECK(gzip(bytes) == file);
    const Result<Bytes> back = gunzip(file, bytes.size());
    REQUIRE(back);
    CHECK(*back == bytes);
  }
}

TEST_CASE("a gzip file that is cut, changed, longer or too large is corrupt") {
  const Bytes content(5000, 'a');
  const Bytes file = gzip(content);
  for (std::size_t size = 0; size < file.size(); ++size) {
    CHECK_FALSE(gunzip(ByteSpan(file).first(size), 10'000));
  }
  Bytes longer = file;
  longer.push_back(0);
  CHECK_FALSE(gunzip(longer, 10'000));
  CHECK_FALSE(gunzip(file, 4999));
  for (std::size_t at = 0; at < file.size(); ++at) {
    if (at >= 4 && at < 10) continue;  // time, extra flags and system: nothing that is read
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = file;
      changed[at] ^= static_cast<std::uint8_t>(1 << bit);
      const Result<Bytes> back = gunzip(changed, 10'000);
      if (back) CHECK(*back == content);
    }
  }
}

TEST_CASE("a manifest is read as it was written, and judged by version, fields and names") {
  Manifest manifest;
  manifest.generator = "crossglot test";
  manifest.groups = 3;
  manifest.languages.push_back(
      {"ar", "rtl", 2, 9, "0123456789abcdef.cgl", 500, 900, "0123456789abcdef" + std::string(48, '7')});
  manifest.files = 1;
  manifest.bytes = 500;
  const std::string json = write_manifest(manifest);
  const Result<Manifest> back = read_manifest(json);
  REQUIRE(back);
  CHECK(back->languages.at(0).lang == "ar");
  CHECK(back->languages.at(0).raw == 900);
  CHECK(back->bytes == 500);

  const auto code_with = [&](std::string_view from, std::string_view to) {
    std::string changed = json;
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    changed.replace(at, from.size(), to);
    const Result<Manifest> result = read_manifest(changed);
    return result ? ErrorCode::kOk : result.error().code;
  };
  CHECK(code_with("\"format\":1", "\"format\":2") == ErrorCode::kTooNew);
  CHECK(code_with("\"format\":1", "\"format\":0") == ErrorCode::kTooOld);
  CHECK(code_with("\"format\":1", "\"format\":\"1\"") == ErrorCode::kCorrupt);
  CHECK(code_with("0123456789abcdef.cgl", "../../etc/passwd") == ErrorCode::kCorrupt);
  CHECK(code_with("\"rtl\"", "\"up\"") == ErrorCode::kCorrupt);
  CHECK(code_with("\"groups\":3,", "") == ErrorCode::kCorrupt);
  CHECK(code_with("\"raw\":900", "\"raw\":99999999999") == ErrorCode::kCorrupt);
  for (std::size_t size = 0; size + 1 < json.size(); ++size) {
    const Result<Manifest> cut = read_manifest(std::string_view(json).substr(0, size));
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace crossglot

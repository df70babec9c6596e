#include "search/bundle.h"

#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "build/builder.h"
#include "build/gzip.h"
#include "build/manifest.h"
#include "format/list.h"
#include "text/utf8.h"

namespace crossglot::test {
namespace {

std::string to_line(const Page& page) {
  nlohmann::json line = {{"url", page.url}, {"lang", page.lang}, {"title", page.title}, {"weight", page.weight}};
  if (!page.group.empty()) line["group"] = page.group;
  for (const auto& [key, value] : page.filters) line["filters"][key].push_back(value);
  for (const Section& section : page.sections) {
    line["sections"].push_back(
        {{"anchor", section.anchor}, {"heading", section.heading}, {"text", section.text}, {"code", section.code}});
  }
  return line.dump() + "\n";
}

}  // namespace

Page page(std::string url, std::string title, std::string text, std::string lang) {
  return {std::move(url), std::move(title), {{"", std::move(text)}}, std::move(lang)};
}

Bundle::Bundle(const std::vector<Page>& pages, const VectorSource* vectors) : stemmer_(make_snowball_stemmer()) {
  std::string lines;
  for (const Page& page : pages) lines += to_line(page);
  Result<Segment> segment = analyse(lines, {}, *stemmer_);
  REQUIRE(segment);
  Builder builder;
  REQUIRE(builder.add(std::move(segment->bytes)));
  BuildOptions options;
  options.vectors = vectors;
  const auto files = builder.finish(options);
  REQUIRE(files);
  for (const BundleFile& file : *files) {
    if (file.name == kManifestName) continue;
    Result<Bytes> inflated = gunzip(file.bytes, kRawBytesMax);
    REQUIRE(inflated);
    files_[file.name] = std::move(*inflated);
  }
  const auto manifest = read_manifest(as_text(files->back().bytes));
  REQUIRE(manifest);
  for (const ManifestLanguage& language : manifest->languages) {
    lists_.push_back(std::move(files_.at(language.list)));
    files_.erase(language.list);
  }
  for (const ManifestVectors& list : manifest->vectors) {
    vectors_ = std::move(files_.at(list.list));
    files_.erase(list.list);
  }
}

Index Bundle::open() const {
  Index index(stemmer_.get());
  for (const Bytes& list : lists_) REQUIRE(index.add_language(list));
  if (!vectors_.empty()) REQUIRE(index.add_vectors(vectors_));
  return index;
}

std::vector<std::string> needs(Index& index, const SearchRequest& request) {
  auto response = index.search(request);
  REQUIRE(response);
  return std::move(response->needs);
}

std::size_t Bundle::feed(Index& index, const SearchRequest& request) const {
  for (std::size_t rounds = 0; rounds < 10; ++rounds) {
    const auto names = needs(index, request);
    if (names.empty()) return rounds;
    for (const std::string& name : names) REQUIRE(index.attach(name, files_.at(name)));
  }
  FAIL("an index keeps asking for files");
  return 0;
}

SearchResponse Bundle::search(const SearchRequest& request) const {
  Index index = open();
  feed(index, request);
  auto response = index.search(request);
  REQUIRE(response);
  CHECK(response->needs.empty());
  for (std::size_t i = 1; i < response->hits.size(); ++i) {
    CHECK(response->hits[i].score < response->hits[i - 1].score);
  }
  return std::move(*response);
}

SearchResponse Bundle::search(std::string_view query, std::string_view lang) const {
  return search(request(query, lang));
}

SearchRequest request(std::string_view query, std::string_view lang) {
  SearchRequest made;
  made.query = std::string(query);
  made.lang = std::string(lang);
  return made;
}

std::string urls(const SearchResponse& response) {
  std::string joined;
  for (const Hit& hit : response.hits) joined += (joined.empty() ? "" : " ") + hit.url;
  return joined;
}

std::string bracketed(std::string_view text, const std::vector<Mark>& marks) {
  std::string shown;
  std::size_t unit = 0;
  for (std::size_t at = 0; at <= text.size();) {
    for (const Mark& mark : marks) {
      if (mark.end == unit) shown += ']';
    }
    for (const Mark& mark : marks) {
      if (mark.begin == unit) shown += '[';
    }
    if (at == text.size()) break;
    const Decoded character = decode_utf8(text, at);
    shown += text.substr(at, character.size);
    at += character.size;
    unit += character.code_point > 0xffff ? 2 : 1;
  }
  return shown;
}

std::vector<Page> large_site(std::size_t pages, std::vector<Page> extra) {
  constexpr const char* kSyllables[] = {"ba", "ke", "ri", "to", "mu", "sa", "ne", "lo", "vi", "du", "pra", "sten"};
  std::uint32_t seed = 7;
  const auto next = [&](std::uint32_t bound) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % bound;
  };
  std::vector<Page> site;
  for (std::size_t i = 0; i < pages; ++i) {
    std::string text;
    for (int word = 0; word < 400; ++word) {
      for (std::uint32_t syllable = 0; syllable < 2 + word % 3U; ++syllable) text += kSyllables[next(12)];
      text += word % 20 == 19 ? ".\n" : " ";
    }
    site.push_back(page("/" + std::to_string(i), "Page " + std::to_string(i), text));
  }
  site.insert(site.end(), extra.begin(), extra.end());
  return site;
}

}  // namespace crossglot::test

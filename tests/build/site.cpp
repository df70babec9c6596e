#include "build/site.h"

#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "build/gzip.h"
#include "build/manifest.h"

namespace crossglot::test {

std::vector<BundleFile> build(const std::vector<std::string>& texts, unsigned threads, BuildReport* report) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  for (const std::string& text : texts) {
    Result<Segment> segment = analyse(text, {}, *stemmer);
    if (!segment) FAIL(segment.error().message);
    REQUIRE(builder.add(std::move(segment->bytes)));
  }
  BuildOptions options;
  options.threads = threads;
  Result<std::vector<BundleFile>> files = builder.finish(options, report);
  if (!files) FAIL(files.error().message);
  return std::move(*files);
}

std::string line(std::string_view url, std::string_view lang, std::string_view title,
                 const std::vector<std::string>& sections, std::string_view group) {
  nlohmann::json json = {{"url", url}, {"lang", lang}, {"title", title}, {"sections", nlohmann::json::array()}};
  if (!group.empty()) json["group"] = group;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    nlohmann::json section = {{"text", sections[i]}};
    if (i > 0)
      section.update({{"level", 2}, {"heading", "Part " + std::to_string(i)}, {"anchor", "p" + std::to_string(i)}});
    json["sections"].push_back(section);
  }
  return json.dump() + "\n";
}

Opened::Opened(const std::vector<BundleFile>& files, std::string_view lang) {
  const Result<Manifest> manifest = read_manifest(as_text(files.back().bytes));
  REQUIRE(manifest);
  for (const BundleFile& file : files) {
    if (file.name == kManifestName) continue;
    Result<Bytes> content = gunzip(file.bytes, kRawBytesMax);
    REQUIRE(content);
    REQUIRE(file.name.substr(0, 16) == hex(ByteSpan(sha256(*content)).first(8)));
    files_[file.name] = std::move(*content);
  }
  for (const ManifestLanguage& language : manifest->languages) {
    if (language.lang != lang) continue;
    Result<List> opened = List::open(files_.at(language.list));
    REQUIRE(opened);
    list = std::move(*opened);
  }
  REQUIRE(list.lang == lang);
  for (const FileEntry& file : list.files) {
    REQUIRE(files_.contains(file.name));
    REQUIRE(files_[file.name].size() == file.raw_size);
  }
  for (const TermShardRef& shard : list.term_shards) {
    Result<TermShard> opened = TermShard::open(bytes(shard.terms), list.section_count);
    REQUIRE(opened);
    terms_.push_back(std::move(*opened));
  }
  for (const PageShardRef& shard : list.page_shards) {
    Result<PageShard> opened = PageShard::open(bytes(shard.part));
    REQUIRE(opened);
    pages_.push_back(std::move(*opened));
  }
}

ByteSpan Opened::bytes(const Part& part) const {
  if (part.file == kInlineFile) return list.inline_bytes(part);
  return ByteSpan(files_.at(list.files[part.file].name)).subspan(part.begin, part.size);
}

std::vector<std::string> Opened::urls() const {
  std::vector<std::string> urls;
  for (const PageShard& shard : pages_) {
    for (std::size_t i = 0; i < shard.page_count(); ++i) urls.emplace_back(shard.page(i).url);
  }
  return urls;
}

const Term* Opened::term(std::string_view surface, std::string* stem) const {
  for (const TermShard& shard : terms_) {
    for (const TermGroup& group : shard.groups()) {
      for (const Term& term : group.terms) {
        if (term.surface != surface) continue;
        if (stem != nullptr) *stem = group.stem;
        return &term;
      }
    }
  }
  return nullptr;
}

std::vector<Opened::Found> Opened::find(std::string_view surface) const {
  const std::vector<std::string> all = urls();
  std::vector<Found> found;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    std::vector<std::uint32_t> counts;
    for (const TermGroup& group : terms_[i].groups()) {
      for (const Term& term : group.terms) counts.push_back(term.posting_count);
    }
    const Result<PositionShard> places =
        PositionShard::open(bytes(list.term_shards[i].positions), counts, terms_[i].codes());
    REQUIRE(places);
    std::size_t number = 0;
    for (const TermGroup& group : terms_[i].groups()) {
      for (const Term& term : group.terms) {
        const std::size_t current = number++;
        if (term.surface != surface) continue;
        std::vector<Posting> postings;
        std::vector<std::uint32_t> positions, ends;
        REQUIRE(terms_[i].read_postings(term, postings));
        REQUIRE(places->read(current, positions, ends));
        for (std::size_t k = 0; k < postings.size(); ++k) {
          std::size_t page = 0;
          while (list.pages[page].first_section + list.pages[page].section_count <= postings[k].section) ++page;
          const auto begin = positions.begin() + (k == 0 ? 0 : ends[k - 1]);
          found.push_back({all[page], postings[k].section - list.pages[page].first_section, postings[k].code,
                           std::vector<std::uint32_t>(begin, positions.begin() + ends[k])});
        }
      }
    }
  }
  return found;
}

std::string babble(std::uint32_t seed, std::size_t words) {
  constexpr const char* kSyllables[] = {"ba", "co", "di", "fu", "ge", "ha", "ki", "lo", "mu", "ne", "po", "ra"};
  std::string text;
  std::uint64_t state = seed * 2654435761ULL + 1;
  for (std::size_t i = 0; i < words; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::uint32_t bits = static_cast<std::uint32_t>(state >> 33);
    // Squaring makes some words common and most rare.
    bits = static_cast<std::uint32_t>((std::uint64_t{bits % 20'000} * (bits % 20'000)) / 20'000);
    for (std::uint32_t k = 0; k < 3; ++k, bits /= 12) text += kSyllables[bits % 12];
    text += i % 12 == 11 ? ".\n" : " ";
  }
  return text;
}

}  // namespace crossglot::test

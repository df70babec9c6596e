#include "format/samples.h"

namespace crossglot::test {

std::vector<GroupPostings> sample_groups() {
  const auto term = [](std::string surface, std::uint8_t flags, std::uint32_t pages, std::vector<Posting> postings) {
    TermPostings entry;
    entry.term.surface = std::move(surface);
    entry.term.flags = flags;
    entry.term.document_frequency = pages;
    entry.postings = std::move(postings);
    return entry;
  };
  return {
      {"instal", 3, {term("install", 0, 2, {{0, 0xa0 | 9}, {1, 8}, {399, 31}}), term("installing", 0, 1, {{7, 3}})}},
      {"max_old", 40, {term("max_old", kIdentifierTerm, 40, {{5, 0x60 | 12}})}},
      {"東京", 1, {term("東京", kBigramTerm, 1, {{300, kInHeading | 10}})}},
  };
}

std::vector<std::vector<std::vector<std::uint32_t>>> sample_positions() {
  std::vector<std::uint32_t> many;
  for (std::uint32_t i = 0; i < 300; ++i) many.push_back(3 * i);
  return {{{0, 34, 36}, many, {}}, {{1'000'000}}, {{2, 3}}, {{0}}};
}

std::vector<std::uint32_t> sample_posting_counts() {
  return {3, 1, 1, 1};
}

Bytes sample_codes() {
  Bytes codes;
  for (const GroupPostings& group : sample_groups()) {
    for (const TermPostings& term : group.terms) {
      for (const Posting& posting : term.postings) codes.push_back(posting.code);
    }
  }
  return codes;
}

std::vector<SectionTail> sample_tails() {
  return {{"", " and the rest", "npm run x"}, {"", "", ""}, {"install", "Text\nin lines", ""}};
}

std::vector<PageText> sample_pages() {
  return {
      {"/en/guide/", "guide/", "Guide", "en", "ltr", {{"", "", 0, "First line.\nSecond line.", ""}}},
      {"/en/api/",
       "The API",
       "API",
       "en",
       "ltr",
       {{"", "", 0, "", ""}, {"install", "Install", 2, "Run this:", "npm i x", true}}},
      {"/ar/", "/", "دليل", "ar-MA", "rtl", {{"أ", "عنوان", 6, "نص", ""}}},
  };
}

std::vector<WordEntry> sample_words() {
  return {{"guide", 1}, {"guides", 5}, {"install", 1000}, {"straße", 7}, {"東京都", 2}};
}

std::vector<FilterValue> sample_filters() {
  return {{"kind", "", {}}, {"version", "1.0", {0, 2}}, {"version", "2.1", {1}}};
}

Bytes sample_inline_area() {
  return {1, 2, 3, 4, 5, 6, 7, 8};
}

std::vector<DictionaryEntry> sample_dictionary() {
  return {{"haus", {{"hous", 200}, {"build", 30}}}, {"haustur", {{"door", 255}}}, {"東京", {{"tokyo", 1}}}};
}

List sample_list() {
  List list;
  list.lang = "ar-MA";
  list.dir = "rtl";
  list.stemmed = false;
  list.section_count = 6;
  list.group_count = 10;
  list.average_page_length = 285.5;
  list.k1 = 1.2F;
  list.files.resize(2);
  list.files[0].stored_size = 900;
  list.files[0].raw_size = 3000;
  list.files[0].hash = file_hash(sha256(as_bytes("first")));
  list.files[1].stored_size = 70;
  list.files[1].raw_size = 100;
  list.files[1].hash = file_hash(sha256(as_bytes("second")));
  list.term_shards = {{"", {0, 0, 1000}, {1, 0, 50}}, {"m", {0, 1000, 2000}, {}}, {"and", {0, 500, 10}, {}}};
  list.common_count = 1;
  list.page_shards = {{0, {1, 50, 50}}, {2, {kInlineFile, 4, 4}}};
  list.tail_shards = {{0, {1, 0, 10}}, {1, {1, 10, 10}}};
  list.pages = {{0, 1, 0, 0, 10}, {1, 2, 4, encode_weight(2), 0}, {3, 3, 9, 0, 200}};
  list.words = {kInlineFile, 0, 3};
  list.lengths = {kInlineFile, 3, 2};
  list.dictionaries = {{"en", 0, {{"", {1, 0, 20}}, {"k", {1, 20, 10}}}}, {"en", 1, {{"", {1, 30, 5}}}}};
  return list;
}

Bytes sample_vector_shard(std::size_t rows) {
  Bytes nibbles(rows * vector_row_bytes(kSampleDimensions));
  std::vector<float> scales;
  for (std::size_t i = 0; i < nibbles.size(); ++i) nibbles[i] = static_cast<std::uint8_t>(i * 37);
  for (std::size_t i = 0; i < rows; ++i) scales.push_back(0.25F * static_cast<float>(i));
  return build_vector_shard(nibbles, scales);
}

Bytes sample_vector_area() {
  Bytes area = sample_vector_shard(2);
  const Bytes bits = build_bit_shard(Bytes(6 * bit_row_bytes(kSampleDimensions), 5));
  area.insert(area.end(), bits.begin(), bits.end());
  return area;
}

VectorList sample_vectors() {
  VectorList list;
  list.model = "a model";
  list.dimensions = kSampleDimensions;
  list.files.push_back({"", 100, 1000, {1, 2, 3}});
  list.group_begin = {0, 2, 3};
  list.unit_begin = {0, 1, 4, 6};
  for (const char* lang : {"de", "en"}) {
    VectorLanguage& language = list.languages.emplace_back();
    language.lang = lang;
    language.source = MeanSource::kBlend;
    language.passage_count = 5;
    language.query_count = 700;
    language.passage_mean = {0.5F, -1, 0};
    language.query_mean = {-0.25F, 0, 1e-20F};
  }
  list.languages[0].exceptions = {{0, {kNoSection, 0}}, {1, {2}}};
  const auto size_of = [](std::size_t rows) { return static_cast<std::uint32_t>(sample_vector_shard(rows).size()); };
  list.shards = {{0, {0, 10, size_of(4)}}, {4, {kInlineFile, 0, size_of(2)}}};
  list.bit_shards = {
      {0, {kInlineFile, size_of(2), static_cast<std::uint32_t>(2 + 6 * bit_row_bytes(kSampleDimensions))}}};
  list.held_out = {{"en", {{0, {0, 500, size_of(6)}}}}};
  return list;
}

}  // namespace crossglot::test

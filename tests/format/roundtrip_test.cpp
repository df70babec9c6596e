// What a builder writes, its reader gives back.
#include <catch_amalgamated.hpp>

#include "format/samples.h"

namespace crossglot::test {
namespace {

TEST_CASE("a term shard gives back its groups, surfaces and postings") {
  const std::vector<GroupPostings> groups = sample_groups();
  const Bytes bytes = build_term_shard(groups);
  const Result<TermShard> shard = TermShard::open(bytes, kSampleSections);
  REQUIRE(shard);
  REQUIRE(shard->groups().size() == groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const TermGroup& group = shard->groups()[i];
    CHECK(group.stem == groups[i].stem);
    CHECK(group.document_frequency == groups[i].document_frequency);
    REQUIRE(group.terms.size() == groups[i].terms.size());
    for (std::size_t k = 0; k < group.terms.size(); ++k) {
      const TermPostings& expected = groups[i].terms[k];
      CHECK(group.terms[k].surface == expected.term.surface);
      CHECK(group.terms[k].flags == expected.term.flags);
      CHECK(group.terms[k].document_frequency == expected.term.document_frequency);
      std::vector<Posting> postings;
      REQUIRE(shard->read_postings(group.terms[k], postings));
      REQUIRE(postings.size() == expected.postings.size());
      for (std::size_t m = 0; m < postings.size(); ++m) {
        CHECK(postings[m].section == expected.postings[m].section);
        CHECK(postings[m].code == expected.postings[m].code);
      }
    }
  }
}

TEST_CASE("a term shard finds the first stem that is not below a key") {
  const Bytes bytes = build_term_shard(sample_groups());
  const Result<TermShard> shard = TermShard::open(bytes, kSampleSections);
  REQUIRE(shard);
  CHECK(shard->lower_bound("") == 0);
  CHECK(shard->lower_bound("instal") == 0);
  CHECK(shard->lower_bound("install") == 1);
  CHECK(shard->lower_bound("zzz") == 2);
  CHECK(shard->lower_bound("龍") == 3);
}

TEST_CASE("postings of a section that the language lacks are corrupt, and leave none behind") {
  const Bytes bytes = build_term_shard(sample_groups());
  const Result<TermShard> shard = TermShard::open(bytes, 399);
  REQUIRE(shard);
  std::vector<Posting> postings(5);
  const Status status = shard->read_postings(shard->groups()[0].terms[0], postings);
  REQUIRE_FALSE(status);
  CHECK(status.error().code == ErrorCode::kCorrupt);
  CHECK(postings.empty());
  CHECK(shard->read_postings(shard->groups()[0].terms[1], postings));
}

TEST_CASE("a position shard gives back positions, more than 255 and none among them") {
  const auto expected = sample_positions();
  const Bytes bytes = build_position_shard(expected, sample_codes());
  const Result<PositionShard> shard = PositionShard::open(bytes, sample_posting_counts(), sample_codes());
  REQUIRE(shard);
  std::vector<std::uint32_t> positions, ends;
  for (std::size_t term = 0; term < expected.size(); ++term) {
    REQUIRE(shard->read(term, positions, ends));
    REQUIRE(ends.size() == expected[term].size());
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      CHECK(std::vector<std::uint32_t>(positions.begin() + static_cast<std::ptrdiff_t>(begin),
                                       positions.begin() + ends[i]) == expected[term][i]);
      begin = ends[i];
    }
  }
}

TEST_CASE("a position shard that belongs to another term shard is corrupt") {
  const Bytes bytes = build_position_shard(sample_positions(), sample_codes());
  for (std::vector<std::uint32_t> counts : {std::vector<std::uint32_t>{3, 1, 1}, {3, 1, 1, 2}, {}}) {
    const Result<PositionShard> shard = PositionShard::open(bytes, counts, sample_codes());
    REQUIRE_FALSE(shard);
    CHECK(shard.error().code == ErrorCode::kCorrupt);
  }
  Bytes codes = sample_codes();
  codes.push_back(0);
  CHECK_FALSE(PositionShard::open(bytes, {3, 1, 1, 2}, codes));
}

TEST_CASE("a position shard stores nothing but zeros where a code tells how many positions there are") {
  const std::vector<std::vector<std::vector<std::uint32_t>>> positions = {{{1, 2}, {5}, {3, 9}, {4}}};
  const Bytes bytes = build_position_shard(positions, Bytes{7, 9, 7, 9});
  ByteReader reader(bytes);
  reader.take(2);
  CHECK(reader.string() == std::string_view("\x02\x01\x00\x00", 4));
}

TEST_CASE("a tail shard gives back anchors, texts and code, and refuses another number of sections") {
  const std::vector<SectionTail> tails = sample_tails();
  const Bytes bytes = build_tail_shard(tails);
  const Result<TailShard> shard = TailShard::open(bytes, tails.size());
  REQUIRE(shard);
  for (std::size_t i = 0; i < tails.size(); ++i) {
    CHECK(shard->section(i).anchor == tails[i].anchor);
    CHECK(shard->section(i).text == tails[i].text);
    CHECK(shard->section(i).code == tails[i].code);
  }
  for (const std::size_t sections : {std::size_t{0}, tails.size() - 1, tails.size() + 1, std::size_t{1} << 40}) {
    const Result<TailShard> other = TailShard::open(bytes, sections);
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a page shard gives back addresses, titles, headings, text and code") {
  const std::vector<PageText> pages = sample_pages();
  const Bytes bytes = build_page_shard(pages);
  const Result<PageShard> shard = PageShard::open(bytes);
  REQUIRE(shard);
  REQUIRE(shard->page_count() == pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const PageText& page = shard->page(i);
    CHECK(page.url == pages[i].url);
    CHECK(page.group == pages[i].group);
    CHECK(page.title == pages[i].title);
    CHECK(page.lang == pages[i].lang);
    CHECK(page.dir == pages[i].dir);
    REQUIRE(page.sections.size() == pages[i].sections.size());
    for (std::size_t k = 0; k < page.sections.size(); ++k) {
      CHECK(page.sections[k].anchor == pages[i].sections[k].anchor);
      CHECK(page.sections[k].heading == pages[i].sections[k].heading);
      CHECK(page.sections[k].level == pages[i].sections[k].level);
      CHECK(page.sections[k].text == pages[i].sections[k].text);
      CHECK(page.sections[k].code == pages[i].sections[k].code);
      CHECK(page.sections[k].goes_on == pages[i].sections[k].goes_on);
    }
  }
}

TEST_CASE("a word list gives back its words, and their pages to the nearest step below") {
  const Bytes bytes = build_word_list(sample_words());
  const Result<WordList> list = WordList::open(bytes);
  REQUIRE(list);
  std::vector<std::string> words;
  std::vector<std::uint32_t> pages;
  for (const WordEntry& entry : list->words()) {
    words.push_back(entry.word);
    pages.push_back(entry.document_frequency);
  }
  CHECK(words == std::vector<std::string>{"guide", "guides", "install", "straße", "東京都"});
  CHECK(pages == std::vector<std::uint32_t>{1, 4, 768, 6, 2});
}

TEST_CASE("a dictionary gives back its sources and their translations in order") {
  const Result<DictionaryShard> shard = DictionaryShard::open(build_dictionary_shard(sample_dictionary()));
  REQUIRE(shard);
  CHECK(shard->sources() == std::vector<std::string>{"haus", "haustur", "東京"});
  REQUIRE(shard->translations(0).size() == 2);
  CHECK(shard->target(shard->translations(0)[0].target) == "hous");
  CHECK(shard->translations(0)[0].code == 200);
  CHECK(shard->target(shard->translations(0)[1].target) == "build");
  CHECK(shard->target(shard->translations(2)[0].target) == "tokyo");
  CHECK(shard->lower_bound("haust") == 1);
  CHECK(shard->lower_bound("z") == 2);
}

TEST_CASE("probabilities keep within a five-hundredth and are never none") {
  CHECK(decode_probability(encode_probability(1.0)) == 1.0F);
  CHECK(encode_probability(0.0) == 1);
  CHECK(decode_probability(encode_probability(0.37)) == Catch::Approx(0.37).margin(0.002));
}

TEST_CASE("lengths of sections come back about as they were") {
  const Bytes bytes = build_section_lengths(std::vector<std::uint64_t>{3, 0, 90});
  const Result<SectionLengths> lengths = SectionLengths::open(bytes, 3);
  REQUIRE(lengths);
  CHECK(lengths->words(1) == 0.0F);
  CHECK(lengths->words(2) == Catch::Approx(90).epsilon(0.05));
  CHECK(lengths->average() == Catch::Approx(31).epsilon(0.05));
  CHECK(SectionLengths::open(bytes, 4).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a filter table gives back keys, values and pages") {
  const Bytes bytes = build_filter_table(sample_filters());
  const Result<FilterTable> table = FilterTable::open(bytes, kSamplePages);
  REQUIRE(table);
  REQUIRE(table->values().size() == 3);
  CHECK(table->values()[0].pages.empty());
  CHECK(table->values()[1].key == "version");
  CHECK(table->values()[1].value == "1.0");
  CHECK(table->values()[1].pages == std::vector<std::uint32_t>{0, 2});
  const Result<FilterTable> fewer = FilterTable::open(bytes, 2);
  REQUIRE_FALSE(fewer);
  CHECK(fewer.error().code == ErrorCode::kCorrupt);
}

TEST_CASE("a list gives back its head, files, shards and pages") {
  const List expected = sample_list();
  const Result<List> list = List::open(build_list(expected, sample_inline_area()));
  REQUIRE(list);
  CHECK(list->lang == "ar-MA");
  CHECK(list->dir == "rtl");
  CHECK_FALSE(list->stemmed);
  CHECK(list->section_count == 6);
  CHECK(list->group_count == 10);
  CHECK(list->average_page_length == 285.5);
  CHECK(list->k1 == 1.2F);
  REQUIRE(list->files.size() == 2);
  CHECK(list->files[0].name == hex(ByteSpan(sha256(as_bytes("first"))).first(8)) + ".cgt");
  CHECK(list->files[1].raw_size == 100);
  REQUIRE(list->term_shards.size() == 3);
  CHECK(list->range_count() == 2);
  CHECK(list->term_shards[2].first_stem == "and");
  CHECK(list->term_shards[1].first_stem == "m");
  CHECK(list->term_shards[1].terms.begin == 1000);
  CHECK(list->term_shards[1].positions.size == 0);
  REQUIRE(list->page_shards.size() == 2);
  CHECK(list->page_shards[1].first_page == 2);
  REQUIRE(list->tail_shards.size() == 2);
  CHECK(list->tail_shards[1].first_page == 1);
  CHECK(list->tail_shards[1].part.begin == 10);
  REQUIRE(list->pages.size() == 3);
  CHECK(list->pages[1].first_section == 1);
  CHECK(list->pages[1].group == 4);
  CHECK(decode_weight(list->pages[1].weight_code) == Catch::Approx(2).epsilon(0.02));
  CHECK(list->pages[2].length_code == 200);
  const ByteSpan last = list->inline_bytes(list->page_shards[1].part);
  CHECK(Bytes(last.begin(), last.end()) == Bytes{5, 6, 7, 8});
  CHECK(list->filters.size == 0);
}

TEST_CASE("a list of vectors comes back as it was written") {
  const auto list = VectorList::open(build_vector_list(sample_vectors(), sample_vector_area()));
  REQUIRE(list);
  CHECK(list->model == "a model");
  CHECK(list->dimensions == kSampleDimensions);
  CHECK(list->files[0].raw_size == 1000);
  CHECK(list->group_begin == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(list->unit_begin == std::vector<std::uint32_t>{0, 1, 4, 6});
  REQUIRE(list->languages.size() == 2);
  const VectorLanguage& german = list->languages[0];
  CHECK(german.source == MeanSource::kBlend);
  CHECK(german.passage_count == 5);
  CHECK(german.query_count == 700);
  CHECK(german.passage_mean == std::vector<float>{0.5F, -1, 0});
  CHECK(list->find_language("en")->query_mean[2] == 1e-20F);
  CHECK(list->find_language("fr") == nullptr);
  CHECK(section_of_unit(german, 0, 0) == kNoSection);
  CHECK(section_of_unit(german, 0, 1) == 0);
  CHECK(section_of_unit(german, 1, 0) == 2);
  CHECK(section_of_unit(list->languages[1], 0, 1) == 1);
  CHECK(list->shard_end(list->shards, 0) == 4);
  CHECK(list->shard_end(list->shards, 1) == 6);
  CHECK(list->held_out[0].shards[0].part.begin == 500);
  const auto shard = VectorShard::open(list->inline_bytes(list->shards[1].part), 2, kSampleDimensions);
  REQUIRE(shard);
  CHECK(shard->scales == std::vector<float>{0, 0.25F});
  CHECK(shard->nibbles[3] == 111);
  const auto bits = BitShard::open(list->inline_bytes(list->bit_shards[0].part), 6, kSampleDimensions);
  REQUIRE(bits);
  CHECK(bits->bits.size() == 48);
}

}  // namespace
}  // namespace crossglot::test

// core_dump FOLDER: a bundle as lines of text through the core's own readers, for dump.mjs to be compared with.
// core_dump --make FOLDER: writes a bundle large enough to lie in files of its own.
#include <cstdio>
#include <map>

#include "build/builder.h"
#include "build/manifest.h"
#include "build/writer.h"
#include "bundle_folder.h"
#include "format/dictionary.h"
#include "format/filter_table.h"
#include "format/list.h"
#include "format/page_shard.h"
#include "format/position_shard.h"
#include "format/section_lengths.h"
#include "format/term_shard.h"
#include "format/word_list.h"

using namespace crossglot;
using test::need;
using test::read_file;

namespace {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string join(std::span<const std::uint32_t> numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) text += (text.empty() ? "" : ",") + std::to_string(number);
  return text;
}

class Dump {
 public:
  Dump(const std::string& folder, const ManifestLanguage& language)
      : folder_(folder, language.list), list_(folder_.list) {}

  void run() const {
    std::printf("language %s %s stemmed %d sections %u groups %u average %.0f k1 %.0f\n", list_.lang.c_str(),
                list_.dir.c_str(), list_.stemmed ? 1 : 0, list_.section_count, list_.group_count,
                list_.average_page_length * 256, static_cast<double>(list_.k1) * 1000);
    for (const FileEntry& file : list_.files) {
      std::printf("file %s %u %u\n", file.name.c_str(), file.stored_size, file.raw_size);
    }
    for (const PageEntry& page : list_.pages) {
      std::printf("entry %u %u %u %d %d\n", page.first_section, page.section_count, page.group, page.weight_code,
                  page.length_code);
    }
    for (std::size_t i = 0; i < list_.term_shards.size(); ++i) {
      std::printf("%s %s\n", i < list_.range_count() ? "from" : "common", list_.term_shards[i].first_stem.c_str());
      terms(list_.term_shards[i]);
    }
    for (const PageShardRef& shard : list_.page_shards) pages(shard);
    for (std::size_t i = 0; i < list_.tail_shards.size(); ++i) tails(i);
    if (list_.words.size > 0) {
      const WordList words = need(WordList::open(bytes(list_.words)));
      for (const WordEntry& word : words.words())
        std::printf("word %s %u\n", word.word.c_str(), word.document_frequency);
    }
    if (list_.lengths.size > 0) lengths();
    for (const DictionaryRef& dictionary : list_.dictionaries) translations(dictionary);
    if (list_.filters.size > 0) {
      const auto count = static_cast<std::uint32_t>(list_.pages.size());
      const FilterTable table = need(FilterTable::open(bytes(list_.filters), count));
      for (const FilterValue& filter : table.values()) {
        std::printf("filter %s %s %s\n", filter.key.c_str(), filter.value.c_str(), join(filter.pages).c_str());
      }
    }
  }

 private:
  ByteSpan bytes(const Part& part) const { return folder_.bytes(part); }

  void terms(const TermShardRef& ref) const {
    const TermShard shard = need(TermShard::open(bytes(ref.terms), list_.section_count));
    std::vector<std::uint32_t> counts;
    for (const TermGroup& group : shard.groups()) {
      for (const Term& term : group.terms) counts.push_back(term.posting_count);
    }
    const PositionShard places = need(PositionShard::open(bytes(ref.positions), counts, shard.codes()));
    std::vector<Posting> postings;
    std::vector<std::uint32_t> positions, ends;
    std::size_t number = 0;
    for (const TermGroup& group : shard.groups()) {
      std::printf("stem %s %u\n", group.stem.c_str(), group.document_frequency);
      for (const Term& term : group.terms) {
        std::printf("surface %s %d %u\n", term.surface.c_str(), term.flags, term.document_frequency);
        need(shard.read_postings(term, postings));
        need(places.read(number++, positions, ends));
        for (std::size_t i = 0; i < postings.size(); ++i) {
          const std::size_t begin = i == 0 ? 0 : ends[i - 1];
          std::printf("posting %u %d %s\n", postings[i].section, postings[i].code,
                      join(std::span(positions).subspan(begin, ends[i] - begin)).c_str());
        }
      }
    }
  }

  void lengths() const {
    const SectionLengths read = need(SectionLengths::open(bytes(list_.lengths), list_.section_count));
    std::string text;
    for (std::uint32_t i = 0; i < list_.section_count; ++i) {
      const auto words = static_cast<std::uint64_t>(read.words(i) + 0.5f);
      text += (i == 0 ? "" : ",") + std::to_string(encode_length(words));
    }
    std::printf("lengths %s\n", text.c_str());
  }

  void translations(const DictionaryRef& dictionary) const {
    for (const DictionaryShardRef& ref : dictionary.shards) {
      const DictionaryShard shard = need(DictionaryShard::open(bytes(ref.part)));
      for (std::size_t i = 0; i < shard.sources().size(); ++i) {
        std::printf("translate %s %u %s", dictionary.lang.c_str(), dictionary.fold, shard.sources()[i].c_str());
        for (const TranslatedStem& translation : shard.translations(i)) {
          std::printf(" %s %d", shard.target(translation.target).c_str(), translation.code);
        }
        std::printf("\n");
      }
    }
  }

  void pages(const PageShardRef& ref) const {
    const PageShard shard = need(PageShard::open(bytes(ref.part)));
    for (std::size_t i = 0; i < shard.page_count(); ++i) {
      const PageText& page = shard.page(i);
      const std::string_view fields[] = {"page ", page.url, " ", page.group, " ", page.lang,
                                         " ",     page.dir, " ", page.title, "\n"};
      for (const std::string_view field : fields) print(field);
      for (const SectionText& section : page.sections) {
        const std::string head = "section " + std::to_string(section.level) + (section.goes_on ? " on " : " ");
        const std::string_view parts[] = {head,      section.anchor, " ", section.heading, "\ntext ", section.text,
                                          "\ncode ", section.code,   "\n"};
        for (const std::string_view part : parts) print(part);
      }
    }
  }

  void tails(std::size_t number) const {
    const auto& shards = list_.tail_shards;
    const std::size_t end = number + 1 < shards.size() ? shards[number + 1].first_page : list_.pages.size();
    const std::uint32_t first = list_.pages[shards[number].first_page].first_section;
    const std::size_t sections = list_.pages[end - 1].first_section + list_.pages[end - 1].section_count - first;
    const TailShard shard = need(TailShard::open(bytes(shards[number].part), sections));
    for (std::size_t i = 0; i < sections; ++i) {
      const SectionTail& section = shard.section(i);
      const std::string_view parts[] = {"tail ",   section.anchor, "\ntext ", section.text,
                                        "\ncode ", section.code,   "\n"};
      for (const std::string_view part : parts) print(part);
    }
  }

  const test::ListFolder<List> folder_;
  const List& list_;
};

// Pages of numbered words: enough text to be cut, and words in enough sections to be common.
std::string documents() {
  std::string lines;
  std::uint64_t state = 7;
  for (int page = 0; page < 90; ++page) {
    for (const char* lang : {"en", "ar"}) {
      const std::string number = std::to_string(page);
      lines += R"({"url":"/)" + std::string(lang) + "/" + number + R"(","lang":")" + lang + R"(","title":"Page )" +
               number + R"(","weight":)" + std::to_string(1 + page % 3) + R"(,"filters":{"third":[")" +
               std::to_string(page % 3) + R"("]},"sections":[)";
      for (int section = 0; section < 12; ++section) {
        const std::string heading = section == 0 ? "" : R"("heading":"Part","level":2,"anchor":"p)";
        lines += (section == 0 ? "{" : ",{" + heading + std::to_string(section) + "\",") + R"("text":")";
        for (int word = 0; word < 180; ++word) {
          state = state * 6364136223846793005ULL + 1442695040888963407ULL;
          lines += "w" + std::to_string((state >> 40) % 30'000) + (word % 20 == 19 ? ".\\n" : " ");
        }
        lines += R"(كتاب الشاي 東京都庁"})";
      }
      lines += "]}\n";
    }
  }
  return lines;
}

void make(const std::string& folder) {
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  need(builder.add(std::move(need(analyse(documents(), {}, *stemmer)).bytes)));
  need(write_bundle(folder, need(builder.finish({}))));
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count == 3 && std::string_view(arguments[1]) == "--make") {
    make(arguments[2]);
    return 0;
  }
  if (argument_count != 2) return 2;
  const std::string folder = arguments[1];
  const Manifest manifest = need(read_manifest(as_text(read_file(folder + "/manifest.json"))));
  for (const ManifestLanguage& language : manifest.languages) Dump(folder, language).run();
  return 0;
}

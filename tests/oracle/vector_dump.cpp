// vector_dump FOLDER: a bundle's vectors as lines of text through the core's own readers, for vectors.mjs to be
// compared with. vector_dump --make FOLDER PAGES: writes a bundle of so many pages with vectors of no meaning.
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "build/builder.h"
#include "build/manifest.h"
#include "build/writer.h"
#include "bundle_folder.h"
#include "format/vector_list.h"
#include "format/vector_shard.h"

using namespace crossglot;
using test::need;
using test::read_file;

namespace {

constexpr std::size_t kDimensions = 200;  // neither a multiple of 64 nor of 128

void print_numbers(const char* name, std::span<const std::uint32_t> numbers) {
  std::printf("%s", name);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::printf("%c%d", i == 0 ? ' ' : ',', static_cast<int>(numbers[i]));  // kNoSection is -1
  }
  std::printf("\n");
}

class Dump {
 public:
  Dump(const std::string& folder, const ManifestVectors& vectors)
      : folder_(folder, vectors.list), list_(folder_.list) {}

  void run() const {
    std::printf("vectors %s %u\n", list_.model.c_str(), list_.dimensions);
    print_numbers("groups", list_.group_begin);
    print_numbers("units", list_.unit_begin);
    for (const VectorLanguage& language : list_.languages) print_language(language);
    print_shards("", list_.shards);
    for (const HeldOutVectors& held_out : list_.held_out) print_shards(held_out.lang, held_out.shards);
    for (std::size_t i = 0; i < list_.bit_shards.size(); ++i) print_bits(i);
  }

 private:
  ByteSpan bytes(const Part& part) const { return folder_.bytes(part); }

  void print_language(const VectorLanguage& language) const {
    std::printf("language %s %d %u %u\nmeans", language.lang.c_str(), static_cast<int>(language.source),
                language.passage_count, language.query_count);
    char between = ' ';
    for (const auto* mean : {&language.passage_mean, &language.query_mean}) {
      for (const float x : *mean) {
        std::printf("%c%08x", between, std::bit_cast<std::uint32_t>(x));
        between = ',';
      }
    }
    std::printf("\n");
    for (const UnitSections& exception : language.exceptions) {
      print_numbers(("exception " + std::to_string(exception.group)).c_str(), exception.sections);
    }
  }

  void print_shards(const std::string& lang, const std::vector<VectorShardRef>& shards) const {
    const std::size_t row_bytes = vector_row_bytes(kDimensions);
    for (std::size_t i = 0; i < shards.size(); ++i) {
      const std::size_t rows = list_.shard_end(shards, i) - shards[i].first_row;
      std::printf("shard %s %u\n", lang.c_str(), shards[i].first_row);
      const VectorShard shard = need(VectorShard::open(bytes(shards[i].part), rows, kDimensions));
      for (std::size_t row = 0; row < rows; ++row) {
        std::printf("row %08x", std::bit_cast<std::uint32_t>(shard.scales[row]));
        for (std::size_t j = 0; j < kDimensions; ++j) {
          const std::uint8_t byte = shard.nibbles[row * row_bytes + j / 128 * 64 + j % 64];
          std::printf("%c%d", j == 0 ? ' ' : ',', (j % 128 < 64 ? byte & 15 : byte >> 4) - 8);
        }
        std::printf("\n");
      }
    }
  }

  void print_bits(std::size_t number) const {
    const std::size_t rows = list_.shard_end(list_.bit_shards, number) - list_.bit_shards[number].first_row;
    const BitShard shard = need(BitShard::open(bytes(list_.bit_shards[number].part), rows, kDimensions));
    std::printf("bits %u\n", list_.bit_shards[number].first_row);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t j = 0; j < kDimensions; ++j) {
        std::putchar('0' + (shard.bits[row * bit_row_bytes(kDimensions) + j / 8] >> j % 8 & 1));
      }
      std::printf("\n");
    }
  }

  const test::ListFolder<VectorList> folder_;
  const VectorList& list_;
};

std::string page_line(const char* lang, std::size_t page, bool whole) {
  const std::string number = std::to_string(page);
  std::string line = R"({"url": "/)" + std::string(lang) + "/" + number + R"(", "lang": ")" + lang +
                     R"(", "group": "g)" + number + R"(", "title": ")" + lang + number +
                     R"(", "sections": [{"text": "first )" + number + R"( of )" + lang + R"("})";
  if (whole) line += R"(, {"anchor": "b", "heading": "b", "text": "second"})";
  return line + R"(, {"anchor": "c", "heading": "c", "text": "a third one, and much longer than the others are"}]})" +
         "\n";
}

void make(const std::string& folder, std::size_t pages) {
  std::string lines;
  for (std::size_t page = 0; page < pages; ++page) {
    lines += page_line("en", page, true);
    if (page % 2 == 0) lines += page_line("de", page, page % 3 != 0);
  }
  VectorSource source;
  source.model = "of no meaning";
  source.dimensions = kDimensions;
  source.embed = [](std::span<const EmbedText> texts, std::span<std::int8_t> out) -> Status {
    std::uint32_t state = static_cast<std::uint32_t>(texts.size());
    for (std::int8_t& x : out) {
      state = state * 1664525u + 1013904223u;
      x = static_cast<std::int8_t>(state >> 24);
    }
    return ok_status();
  };
  const std::unique_ptr<Stemmer> stemmer = make_snowball_stemmer();
  Builder builder;
  need(builder.add(need(analyse(lines, {}, *stemmer)).bytes));
  BuildOptions options;
  options.eval_folds = 2;
  options.vectors = &source;
  need(write_bundle(folder, need(builder.finish(options))));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 4 && std::string_view(argv[1]) == "--make") {
    make(argv[2], static_cast<std::size_t>(std::atoi(argv[3])));
    return 0;
  }
  if (argc != 2) return 2;
  const Bytes json = read_file(std::string(argv[1]) + "/manifest.json");
  for (const ManifestVectors& vectors : need(read_manifest(as_text(json))).vectors) Dump(argv[1], vectors).run();
  return 0;
}

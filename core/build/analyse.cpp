// analyse(): documents.jsonl lines to a segment (build/segment.h). One pass over the documents; for each language
// a table from (stem, surface) to a growing run of encoded postings, sorted at the end.
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/hash.h"
#include "build/builder.h"
#include "build/documents.h"
#include "build/segment.h"
#include "format/position_shard.h"
#include "text/analyzer.h"
#include "text/language.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

std::uint8_t seen_as(TokenKind kind) {
  switch (kind) {
    case TokenKind::kWord:
      return kSeenWord;
    case TokenKind::kNumber:
      return kSeenNumber;
    case TokenKind::kBigram:
      return kSeenBigram;
    case TokenKind::kIdentifier:
      return kSeenIdentifier;
    case TokenKind::kPart:
      return kSeenPart;
  }
  return kSeenWord;
}

struct TermState {
  std::string key;  // stem, a zero byte, surface: sorts by stem, then surface, as neither holds a zero byte
  std::size_t stem_size = 0;
  std::uint32_t number = 0;  // in the order of first sight
  std::uint8_t seen_as = 0;
  std::uint32_t posting_count = 0;
  std::uint32_t next_section = 0;
  ByteWriter postings;
  SegmentPosting open;  // of the section at hand
  bool touched = false;
};

class LanguageIndex {
 public:
  LanguageIndex(const std::string& lang, Stemmer& stemmer) : analyzer_(lang, &stemmer) {
    const std::string_view algorithm = stemmer_algorithm(lang);
    std::string stem;
    stemmed_ = algorithm.empty() || stemmer.stem(algorithm, "index", stem);
  }

  // Adds one field of the section at hand; returns its number of words. `base`: its first position.
  std::uint32_t add_field(std::string_view text, Field field, std::uint32_t base) {
    analyzer_.analyze(text, tokens_);
    std::uint32_t words = 0;
    numbers_.clear();
    for (const Token& token : tokens_) {
      TermState& term = find(token);
      numbers_.push_back(term.number);
      term.seen_as |= seen_as(token.kind);
      auto& counts = token.kind == TokenKind::kPart ? term.open.counts.part : term.open.counts.whole;
      ++counts[field];
      const std::uint32_t position = base + token.position;
      if (term.open.positions.empty() || term.open.positions.back() != position) {
        term.open.positions.push_back(position);
      }
      words = std::max(words, token.position + 1);
    }
    return words;
  }

  // Writes the lines of the field that add_field() had last.
  void write_lines(std::string_view text, LineKind kind, std::uint32_t section, ByteWriter& writer) {
    std::size_t at = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view written = text.substr(begin, end - begin);
      line_.kind = kind;
      line_.section = section;
      line_.length = static_cast<std::uint32_t>(std::count_if(written.begin(), written.end(), utf8_begins));
      line_.hash = fnv1a(written);
      line_.terms.clear();
      for (; at < tokens_.size() && tokens_[at].byte_begin < end; ++at) {
        if (ends_run(at)) continue;
        const bool part = tokens_[at].kind == TokenKind::kPart;
        line_.terms.push_back(numbers_[at] * 2 + (part ? 1 : 0));
      }
      if (!written.empty()) write_segment_line(writer, line_);
      begin = end + 1;
    }
  }

  void end_section(std::uint32_t section) {
    for (TermState* term : touched_) {
      std::vector<std::uint32_t>& positions = term->open.positions;
      std::sort(positions.begin(), positions.end());
      positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
      write_segment_posting(term->postings, section - term->next_section, term->open);
      term->next_section = section + 1;
      ++term->posting_count;
      term->open.positions.clear();
      term->open.counts = {};
      term->touched = false;
    }
    touched_.clear();
  }

  void write(std::string_view lang, ByteWriter& writer) const {
    std::vector<const TermState*> sorted;
    sorted.reserve(terms_.size());
    for (const auto& [key, term] : terms_) sorted.push_back(term.get());
    std::sort(sorted.begin(), sorted.end(), [](const TermState* a, const TermState* b) { return a->key < b->key; });
    writer.string(lang);
    writer.u8(stemmed_ ? 1 : 0);
    writer.varint(sorted.size());
    for (const TermState* term : sorted) {
      const std::string_view key = term->key;
      writer.string(key.substr(0, term->stem_size));
      writer.string(key.substr(term->stem_size + 1));
      writer.u8(term->seen_as);
      writer.varint(term->number);
      writer.varint(term->posting_count);
      writer.string(as_text(term->postings.bytes()));
    }
  }

 private:
  // The last character of a run is a token of its own, as a query never has it (lexical/units.cpp).
  bool ends_run(std::size_t at) const {
    if (at == 0 || tokens_[at].kind != TokenKind::kBigram || tokens_[at - 1].kind != TokenKind::kBigram) return false;
    return tokens_[at].byte_begin > tokens_[at - 1].byte_begin && tokens_[at].byte_end == tokens_[at - 1].byte_end;
  }

  TermState& find(const Token& token) {
    key_.assign(token.stem);
    key_.push_back('\0');
    key_ += token.surface;
    std::unique_ptr<TermState>& entry = terms_[key_];
    if (entry == nullptr) {
      entry = std::make_unique<TermState>();
      entry->key = key_;
      entry->stem_size = token.stem.size();
      entry->number = static_cast<std::uint32_t>(terms_.size() - 1);
    }
    if (!entry->touched) {
      entry->touched = true;
      touched_.push_back(entry.get());
    }
    return *entry;
  }

  Analyzer analyzer_;
  bool stemmed_ = true;
  std::unordered_map<std::string, std::unique_ptr<TermState>> terms_;  // its order reaches nothing: write() sorts
  std::vector<TermState*> touched_;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> numbers_;  // of the tokens' terms
  SegmentLine line_;
  std::string key_;
};

class Analysis {
 public:
  explicit Analysis(Stemmer& stemmer) : stemmer_(stemmer) {}

  void add(const Document& document) {
    std::unique_ptr<LanguageIndex>& index = languages_[document.lang];
    if (index == nullptr) index = std::make_unique<LanguageIndex>(document.lang, stemmer_);

    SegmentPage page;
    page.text.url = document.url;
    page.text.lang = document.lang;
    page.text.title = document.title;
    page.text.group = document.group;
    page.text.dir = document.dir;
    page.weight = document.weight;
    page.alternates.assign(document.alternates.begin(), document.alternates.end());
    page.filters.assign(document.filters.begin(), document.filters.end());
    ByteWriter lines;
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
      const DocumentSection& section = document.sections[i];
      page.text.sections.push_back({section.anchor, section.heading, section.level, section.text, section.code});
      auto& lengths = page.lengths.emplace_back();
      const std::string_view fields[kFieldCount] = {i == 0 ? std::string_view(document.title) : std::string_view(),
                                                    section.heading, section.text, section.code};
      std::uint32_t base = 0;
      for (std::size_t field = 0; field < kFieldCount; ++field) {
        if (fields[field].empty()) continue;
        lengths[field] = index->add_field(fields[field], static_cast<Field>(field), base);
        if (field != kCode) {
          const LineKind kind = static_cast<LineKind>(field);  // fields and kinds of lines have one order
          index->write_lines(fields[field], kind, static_cast<std::uint32_t>(i), lines);
        }
        base += lengths[field] + kFieldGap;
      }
      index->end_section(section_count_++);
    }
    page.lines = lines.bytes();
    write_segment_page(pages_, page);
    ++page_count_;
  }

  std::uint64_t page_count() const { return page_count_; }
  std::uint64_t section_count() const { return section_count_; }

  Bytes take() {
    ByteWriter writer;
    writer.append(kSegmentMagic);
    writer.u8(kSegmentVersion);
    writer.varint(page_count_);
    writer.append(pages_.bytes());
    writer.varint(languages_.size());
    for (const auto& [lang, index] : languages_) index->write(lang, writer);
    return writer.take();
  }

 private:
  Stemmer& stemmer_;
  std::map<std::string, std::unique_ptr<LanguageIndex>> languages_;
  ByteWriter pages_;
  std::uint64_t page_count_ = 0;
  std::uint32_t section_count_ = 0;
};

}  // namespace

Result<Segment> analyse(std::string_view jsonl, const AnalyseOptions& options, Stemmer& stemmer) {
  Segment segment;
  Analysis analysis(stemmer);
  std::uint64_t line_number = 0;
  if (jsonl.starts_with("\xef\xbb\xbf")) jsonl.remove_prefix(3);
  while (!jsonl.empty()) {
    const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
    std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    ++line_number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (line.empty()) continue;
    const Result<Document> document = parse_document(line);
    if (document) {
      analysis.add(*document);
    } else if (options.keep_going) {
      segment.skipped.push_back({line_number, document.error().message});
    } else {
      return make_error(ErrorCode::kInput, options.file_name + ":" +
                                               std::to_string(options.first_line + line_number - 1) + ": " +
                                               document.error().message);
    }
  }
  segment.pages = analysis.page_count();
  segment.sections = analysis.section_count();
  segment.bytes = analysis.take();
  return segment;
}

}  // namespace crossglot

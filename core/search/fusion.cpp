#include "search/fusion.h"

#include <algorithm>

#include "base/sort.h"
#include "text/language.h"
#include "vector/table.h"

namespace crossglot {
namespace {

// What an exact identifier stands above everything by: no sum of both legs reaches it, of pages that weigh 16
// neither. Readers of scores know it, too (web/client/reorder.ts).
constexpr float kExact = 8.0f;

// A page's words in one language.
struct Words {
  float score = 0;
  std::uint64_t units = 0;
};

// By page, or by section: whether it holds every identifier of a query that is made of identifiers alone, of those
// that any page holds. The parts of one do not count. Empty where nothing does, and for every other query.
std::vector<std::uint8_t> exact_places(LanguageIndex& index, const Evaluator& evaluator, bool sections) {
  std::vector<std::uint8_t> exact;
  std::vector<Posting> postings;
  for (const Unit& unit : evaluator.units()) {
    if (unit.negated || unit.alternatives.empty()) continue;
    const Alternative& alternative = unit.alternatives.front();
    if (alternative.tokens.empty() || alternative.tokens.front().kind != TokenKind::kIdentifier) return {};
    const Facet& whole = alternative.facets.front();
    if (whole.terms.empty()) continue;
    std::vector<std::uint8_t> held(sections ? index.list().section_count : index.page_count(), 0);
    for (const WeightedTerm& term : whole.terms) {
      index.read_postings(term.place, postings);
      for (const Posting& posting : postings) {
        held[sections ? posting.section : index.page_of_section(posting.section)] = 1;
      }
    }
    if (exact.empty()) exact = held;
    for (std::size_t place = 0; place < held.size(); ++place) exact[place] &= held[place];
  }
  return exact;
}

class Fuser {
 public:
  Fuser(const FusionInput& input, const FusionParameters& parameters)
      : input_(input), asked_(input.candidates), parameters_(parameters) {
    for (const auto& language : input.candidates.languages) {
      maps_.push_back(input.vectors.find_language(language->index->list().lang));
    }
  }

  FusedRows pages();
  FusedRows sections();

 private:
  const LanguageIndex& index(std::uint32_t language) const { return *asked_.languages[language]->index; }
  Evaluator& evaluator(std::uint32_t language) const { return asked_.languages[language]->evaluator; }
  bool is_searched(std::uint32_t language) const { return asked_.is_searched(language); }
  bool is_english(std::uint32_t language) const { return primary_language(index(language).list().lang) == "en"; }

  // What a filter, an exclusion or a phrase leaves out is not proposed by its meaning either.
  bool admits(std::uint32_t language, std::uint32_t page) const {
    if (is_searched(language)) return evaluator(language).admits(page);
    return input_.groups[index(language).list().pages[page].group] != 0;
  }
  // What has no vector, or none yet, is taken to be as far as most things are.
  float fused(float cosine, float words, float share) const {
    if (!asked_.words) share = 1;
    return share * (1 + (cosine == kNoScore ? 0 : std::max(cosine, -1.0f))) / 2 + (1 - share) * words;
  }
  FusedRows best_of(std::vector<Row> rows) const {
    FusedRows fused{std::move(rows), 0};
    // Everything means something: what holds no word counts where it is shown.
    const auto holds_words = [](const Row& row) { return row.units != 0; };
    const auto matched = std::count_if(fused.rows.begin(), fused.rows.end(), holds_words);
    fused.total =
        std::max<std::uint64_t>(static_cast<std::uint64_t>(matched), std::min(fused.rows.size(), asked_.rows));
    keep_best_rows(fused.rows, asked_.rows);
    return fused;
  }
  // Of a page, or of a section where these are rows.
  bool is_exact(std::uint32_t language, std::uint32_t place) const {
    return !exact_[language].empty() && exact_[language][place] != 0;
  }
  float group_score(std::uint32_t group) const;
  std::vector<float> group_scores() const;
  void read_words();
  void add_group(std::uint32_t group, float cosine, std::vector<Row>& rows);
  void add_version(std::uint32_t language, std::uint32_t page, float cosine, std::vector<Row>& rows) const;
  std::vector<SectionScore> page_sections(std::uint32_t language, std::uint32_t page) const;
  std::vector<std::uint32_t> section_units(std::uint32_t language, std::uint32_t page) const;
  float cosine_of(std::uint32_t unit) const;

  const FusionInput& input_;
  const FusionCandidates& asked_;
  const FusionParameters& parameters_;
  std::vector<const VectorLanguage*> maps_;
  std::vector<std::vector<Words>> words_;         // by language and page, of the searched ones
  std::vector<std::vector<std::uint8_t>> exact_;  // by language: exact_places(), of the searched ones
};

// The group's best unit and, by a share, all of its units; kNoScore where none has a score.
float Fuser::group_score(std::uint32_t group) const {
  float best = kNoScore;
  float sum = 0;
  std::uint32_t count = 0;
  for (std::uint32_t unit = input_.vectors.group_begin[group]; unit < input_.vectors.group_begin[group + 1]; ++unit) {
    const float cosine = input_.unit_scores[unit];
    if (cosine == kNoScore) continue;
    best = std::max(best, cosine);
    sum += cosine;
    ++count;
  }
  return count == 0 ? kNoScore : best + parameters_.whole_page * (sum / static_cast<float>(count) - best);
}

std::vector<float> Fuser::group_scores() const {
  std::vector<float> scores;
  for (std::uint32_t group = 0; group < input_.vectors.group_count(); ++group) scores.push_back(group_score(group));
  return scores;
}

void Fuser::read_words() {
  words_.resize(asked_.languages.size());
  exact_.resize(asked_.languages.size());
  for (const std::uint32_t language : asked_.searched) {
    words_[language].resize(index(language).page_count());
    if (!asked_.words) continue;
    exact_[language] = exact_places(*asked_.languages[language]->index, evaluator(language), asked_.sections);
    for (const PageScore& page : evaluator(language).pages()) {
      words_[language][page.page] = {page.score, page.units};
    }
  }
}

// The unit that each of a page's sections is part of; kNone where it has none.
std::vector<std::uint32_t> Fuser::section_units(std::uint32_t language, std::uint32_t page) const {
  const VectorLanguage* map = maps_[language];
  const PageEntry& entry = index(language).list().pages[page];
  std::vector<std::uint32_t> units(entry.section_count, kNone);
  if (map == nullptr || entry.group >= input_.vectors.group_count()) return units;
  const std::uint32_t begin = input_.vectors.group_begin[entry.group];
  const std::uint32_t end = input_.vectors.group_begin[entry.group + 1];
  for (std::uint32_t unit = begin; unit < end; ++unit) {
    const std::uint32_t section = section_of_unit(*map, entry.group, unit - begin);
    if (section < units.size()) units[section] = unit;
  }
  return units;
}

float Fuser::cosine_of(std::uint32_t unit) const {
  return unit == kNone ? kNoScore : input_.unit_scores[unit];
}

// The sections that hold words of the query, and the one that means it most.
std::vector<SectionScore> Fuser::page_sections(std::uint32_t language, std::uint32_t page) const {
  const PageEntry& entry = index(language).list().pages[page];
  std::vector<SectionScore> sections;
  if (asked_.words && is_searched(language)) sections = evaluator(language).sections(page, SIZE_MAX);
  const auto holds = [&](std::uint32_t section) {
    return std::any_of(sections.begin(), sections.end(),
                       [&](const SectionScore& found) { return found.section == section; });
  };
  const std::vector<std::uint32_t> units = section_units(language, page);
  SectionScore nearest{kNone, kNoScore};
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    const float cosine = cosine_of(units[i]);
    if (cosine > nearest.score) nearest = {entry.first_section + i, cosine};
  }
  if (nearest.section != kNone && !holds(nearest.section)) sections.push_back({nearest.section, 0});
  for (SectionScore& section : sections) {
    const float cosine = cosine_of(units[section.section - entry.first_section]);
    section.score = fused(cosine, section.score, parameters_.vector);
  }
  sort_small(std::span(sections), [](const SectionScore& a, const SectionScore& b) {
    return a.score != b.score ? a.score > b.score : a.section < b.section;
  });
  return sections;
}

void Fuser::add_version(std::uint32_t language, std::uint32_t page, float cosine, std::vector<Row>& rows) const {
  const Words words = is_searched(language) ? words_[language][page] : Words();
  Row row{language, page, kNone, language, page, words.units, 0};
  row.score = fused(cosine, words.score, parameters_.vector) + (is_exact(language, page) ? kExact : 0);
  rows.push_back(std::move(row));
}

// One row for the group, where one of its versions may be shown.
void Fuser::add_group(std::uint32_t group, float cosine, std::vector<Row>& rows) {
  Row row{kNone, 0, kNone, kNone, 0, 0, 0};
  float own_words = -1;
  float english_words = -1;
  float best = -1;
  bool exact = false;
  for (const std::uint32_t language : asked_.shown) {
    const std::uint32_t page = index(language).page_of_group(group);
    if (page == kNone) continue;
    if (row.language == kNone || (row.language != asked_.own && is_english(language) && !is_english(row.language))) {
      row.language = language;
      row.page = page;
    }
    if (!is_searched(language)) continue;
    const Words& words = words_[language][page];
    const float share = language == asked_.own || asked_.own == kNone ? 1 : parameters_.foreign;
    if (language == asked_.own) own_words = words.score;
    if (is_english(language)) english_words = words.score;
    exact = exact || is_exact(language, page);
    if (words.score * share <= best) continue;
    best = words.score * share;
    row.matched_language = language;
    row.matched_page = page;
    row.units = words.units;
  }
  if (row.language == kNone) return;
  if (best <= 0) {  // meaning alone: the version that is shown speaks for itself
    row.matched_language = row.language;
    row.matched_page = row.page;
  }
  const float words = own_words >= 0 && english_words >= 0 ? (own_words + english_words) / 2 : std::max(best, 0.0f);
  row.score = fused(cosine, words, parameters_.vector) + (exact ? kExact : 0);
  rows.push_back(std::move(row));
}

FusedRows Fuser::pages() {
  read_words();
  const std::vector<float> cosines = group_scores();
  std::vector<std::uint8_t> candidate(input_.groups.size(), 0);
  for (const std::uint32_t language : asked_.searched) {
    if (!asked_.words) continue;
    for (const PageScore& page : evaluator(language).pages()) {
      candidate[index(language).list().pages[page.page].group] = 1;
    }
  }
  for (const ScoredRow& best : best_rows(cosines, parameters_.proposals + asked_.rows)) candidate[best.row] = 1;
  std::vector<Row> rows;
  for (std::uint32_t group = 0; group < candidate.size(); ++group) {
    if (candidate[group] == 0 || input_.groups[group] == 0) continue;
    const float cosine = group < cosines.size() ? cosines[group] : kNoScore;
    if (asked_.collapse) {
      add_group(group, cosine, rows);
      continue;
    }
    for (const std::uint32_t language : asked_.shown) {
      const std::uint32_t page = index(language).page_of_group(group);
      if (page != kNone && admits(language, page)) add_version(language, page, cosine, rows);
    }
  }
  FusedRows fused = best_of(std::move(rows));
  for (Row& row : fused.rows) {
    row.fused = static_cast<std::uint32_t>(fused.sections.size());
    fused.sections.push_back(page_sections(row.matched_language, row.matched_page));
  }
  return fused;
}

FusedRows Fuser::sections() {
  read_words();
  std::vector<std::uint8_t> proposed(input_.vectors.unit_count(), 0);
  for (const ScoredRow& best : best_rows(input_.unit_scores, parameters_.proposals + asked_.rows)) {
    proposed[best.row] = 1;
  }
  std::vector<Row> rows;
  for (const std::uint32_t language : asked_.shown) {
    const List& list = index(language).list();
    for (std::uint32_t page = 0; page < list.pages.size(); ++page) {
      if (!admits(language, page)) continue;
      const PageEntry& entry = list.pages[page];
      const Words whole = is_searched(language) ? words_[language][page] : Words();
      std::vector<float> words(entry.section_count, 0);
      if (whole.score > 0) {
        for (const SectionScore& section : evaluator(language).sections(page, SIZE_MAX)) {
          words[section.section - entry.first_section] = (whole.score + section.score) / 2;
        }
      }
      const std::vector<std::uint32_t> units = section_units(language, page);
      for (std::uint32_t i = 0; i < units.size(); ++i) {
        if (words[i] <= 0 && (units[i] == kNone || proposed[units[i]] == 0)) continue;
        float score = fused(cosine_of(units[i]), words[i], parameters_.vector_sections);
        if (is_exact(language, entry.first_section + i)) score += kExact;
        rows.push_back({language, page, entry.first_section + i, language, page, whole.units, score});
      }
    }
  }
  return best_of(std::move(rows));
}

}  // namespace

std::vector<std::uint8_t> admitted_groups(const FusionCandidates& candidates, std::size_t group_count) {
  std::size_t count = group_count;
  bool restricted = false;
  for (const std::uint32_t language : candidates.shown) {
    const LanguageState& state = *candidates.languages[language];
    count = std::max<std::size_t>(count, state.index->list().group_count);
    restricted = restricted || (candidates.is_searched(language) && state.evaluator.restricts());
  }
  const bool by_version = !candidates.collapse || candidates.sections;
  std::vector<std::uint8_t> admitted(count, 0);
  std::vector<std::uint8_t> judged(count, 0);
  for (const std::uint32_t language : candidates.shown) {
    const bool searched = candidates.is_searched(language);
    const LanguageState& state = *candidates.languages[language];
    const std::vector<PageEntry>& pages = state.index->list().pages;
    for (std::uint32_t page = 0; page < pages.size(); ++page) {
      const std::uint32_t group = pages[page].group;
      if (judged[group] != 0) continue;
      const bool admits = searched ? state.evaluator.admits(page) : !restricted;
      admitted[group] = admits || (by_version && admitted[group] != 0) ? 1 : 0;
      judged[group] = searched && !by_version ? 1 : 0;
    }
  }
  return admitted;
}

bool FusionCandidates::is_searched(std::uint32_t language) const {
  return std::find(searched.begin(), searched.end(), language) != searched.end();
}

FusedRows fuse_pages(const FusionInput& input, const FusionParameters& parameters) {
  return Fuser(input, parameters).pages();
}

FusedRows fuse_sections(const FusionInput& input, const FusionParameters& parameters) {
  return Fuser(input, parameters).sections();
}

}  // namespace crossglot

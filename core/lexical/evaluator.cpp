#include "lexical/evaluator.h"

#include <algorithm>

#include "base/sort.h"
#include "lexical/phrase.h"

namespace crossglot {
namespace {

// Takes out what a draft does not wait for. False when nothing that can be searched is left. (Of a run without
// spaces, the bigrams that are there do.)
bool drop_pending(std::vector<Unit>& units) {
  bool some = false;
  for (auto unit = units.begin(); unit != units.end();) {
    const bool matched = unit->matched();
    some = some || matched;
    unit = matched || !unit->pending() ? unit + 1 : units.erase(unit);
  }
  return some;
}

}  // namespace

void Evaluator::Tally::add(const Tally& other) {
  score += other.score;
  named += other.named;
  named_share += other.named_share;
}

void Evaluator::Tally::take_greater(const Tally& other) {
  score = std::max(score, other.score);
  named = std::max(named, other.named);
  named_share = std::max(named_share, other.named_share);
}

void Evaluator::Sums::resize(std::size_t page_count, std::size_t section_count) {
  pages.assign(page_count, Tally());
  coverage.assign(page_count, 0);
  sections.assign(section_count, Tally());
}

void Evaluator::Sums::clear() {
  for (const std::uint32_t page : touched_pages) {
    pages[page] = Tally();
    coverage[page] = 0;
  }
  for (const std::uint32_t section : touched_sections) sections[section] = Tally();
  touched_pages.clear();
  touched_sections.clear();
}

void Evaluator::Sums::add(const Sums& other) {
  for (const std::uint32_t page : other.touched_pages) {
    if (coverage[page] == 0) touched_pages.push_back(page);
    pages[page].add(other.pages[page]);
    coverage[page] += other.coverage[page];
  }
  for (const std::uint32_t section : other.touched_sections) {
    if (sections[section].score == 0) touched_sections.push_back(section);
    sections[section].add(other.sections[section]);
  }
}

void Evaluator::Sums::take_greater(const Sums& other) {
  for (const std::uint32_t page : other.touched_pages) {
    if (coverage[page] == 0) touched_pages.push_back(page);
    pages[page].take_greater(other.pages[page]);
    coverage[page] = std::max(coverage[page], other.coverage[page]);
  }
  for (const std::uint32_t section : other.touched_sections) {
    if (sections[section].score == 0) touched_sections.push_back(section);
    sections[section].take_greater(other.sections[section]);
  }
}

Evaluator::Evaluator(LanguageIndex& index, Stemmer* stemmer, const RankingParameters& parameters)
    : index_(index),
      parameters_(parameters),
      stemmer_(index.list().stemmed ? stemmer : nullptr),
      analyzer_(index.list().lang, stemmer_),
      folder_(index.list().lang, nullptr),
      stems_(index.list().lang, stemmer_),
      translator_(index, stemmer_) {
  const List& list = index.list();
  for (Sums* sums : {&total_, &unit_sums_, &alternative_sums_}) sums->resize(list.pages.size(), list.section_count);
  page_units_.assign(list.pages.size(), 0);
  excluded_.assign(list.pages.size(), 0);
  frequencies_.assign(list.section_count, 0);
  places_.assign(list.section_count, kInBody);
  length_norms_.reserve(list.pages.size());
  const float average = list.average_page_length > 0 ? static_cast<float>(list.average_page_length) : 1.0f;
  for (const PageEntry& page : list.pages) {
    const float relative = decode_length(page.length_code) / average;
    length_norms_.push_back(1 - parameters.page_length + parameters.page_length * relative);
  }
}

float Evaluator::facet_weight(const Facet& facet) const {
  if (facet.rarity > 0) return facet.weight * facet.rarity;
  return facet.weight * inverse_document_frequency(index_.page_count(), facet.document_frequency);
}

// Adds up the frequencies of the facet's terms in each section, and their best place: facet_sections_ lists where.
void Evaluator::read_facet(const Facet& facet, const std::vector<std::uint32_t>* only) {
  facet_sections_.clear();
  for (const WeightedTerm& term : facet.terms) {
    index_.read_postings(term.place, postings_);
    for (const Posting& posting : postings_) {
      float& frequency = frequencies_[posting.section];
      if (frequency == 0) {
        if (only != nullptr && !std::binary_search(only->begin(), only->end(), posting.section)) continue;
        facet_sections_.push_back(posting.section);
        places_[posting.section] = kInBody;
      }
      frequency += term.weight * decode_frequency(posting.code);
      places_[posting.section] = std::max(places_[posting.section], place_of(posting.code));
    }
  }
  if (facet.terms.size() > 1) sort_numbers(facet_sections_);
}

// Where sections are the rows, their lengths count, and the page's title makes its lead no better than the others.
float Evaluator::saturate_section(std::uint32_t section, float frequency) const {
  if (places_[section] >= kInTitle) frequency *= parameters_.row_title;
  const float relative = lengths_->words(section) / lengths_->average();
  const float norm = 1 - parameters_.row_length + parameters_.row_length * relative;
  return saturate(frequency / norm, parameters_.row_k1);
}

void Evaluator::score_facet(const Facet& facet, const std::vector<std::uint32_t>* only, Sums& sums) {
  if (facet.terms.empty()) return;
  read_facet(facet, only);
  const float k1 = index_.list().k1;
  const float weight = facet_weight(facet);
  for (std::size_t i = 0; i < facet_sections_.size();) {
    const std::uint32_t page = index_.page_of_section(facet_sections_[i]);
    const PageEntry& entry = index_.list().pages[page];
    const std::uint32_t end = entry.first_section + entry.section_count;
    float together = 0;
    std::uint8_t title = kInBody;
    for (; i < facet_sections_.size() && facet_sections_[i] < end; ++i) {
      const std::uint32_t section = facet_sections_[i];
      const float frequency = frequencies_[section];
      frequencies_[section] = 0;
      together += frequency;
      const std::uint8_t place = facet.names ? places_[section] : kInBody;
      title = std::max(title, place);
      Tally& tally = sums.sections[section];
      if (tally.score == 0) sums.touched_sections.push_back(section);
      const bool headed = place != kInBody && (lengths_ == nullptr || place < kInTitle);
      const float saturated = lengths_ == nullptr ? saturate(frequency, k1) : saturate_section(section, frequency);
      tally.add({weight * saturated, headed ? weight : 0, place_share(place)});
    }
    if (sums.coverage[page] == 0) sums.touched_pages.push_back(page);
    sums.coverage[page] += weight;
    page_units_[page] |= unit_bit_;
    const bool named = title >= kInTitle;
    sums.pages[page].add(
        {weight * saturate(together / length_norms_[page], k1), named ? weight : 0, named ? place_share(title) : 0});
  }
}

void Evaluator::score_alternative(const Alternative& alternative, Sums& sums) {
  if (alternative.phrase && alternative.sections.empty()) return;
  for (const Facet& facet : alternative.facets) {
    score_facet(facet, alternative.phrase ? &alternative.sections : nullptr, sums);
  }
}

void Evaluator::score_unit(std::size_t number) {
  const Unit& unit = units_[number];
  unit_bit_ = std::uint64_t{1} << number;
  float most = 0;
  if (unit.alternatives.size() == 1 && unit.alternatives.front().facets.size() == 1) {  // as most are
    score_alternative(unit.alternatives.front(), total_);
    maximum_ += facet_weight(unit.alternatives.front().facets.front());
    return;
  }
  unit_sums_.clear();
  for (const Alternative& alternative : unit.alternatives) {
    float weight = 0;
    for (const Facet& facet : alternative.facets) weight += facet_weight(facet);
    most = std::max(most, weight);
    if (unit.alternatives.size() == 1) {
      score_alternative(alternative, unit_sums_);
    } else {
      alternative_sums_.clear();
      score_alternative(alternative, alternative_sums_);
      unit_sums_.take_greater(alternative_sums_);
    }
  }
  maximum_ += most;
  total_.add(unit_sums_);
}

void Evaluator::exclude(const Unit& unit) {
  for (const Alternative& alternative : unit.alternatives) {
    if (alternative.phrase) {
      for (const std::uint32_t section : alternative.sections) excluded_[index_.page_of_section(section)] = 1;
      continue;
    }
    // An identifier excludes by its whole, a run without spaces where all of its bigrams stand.
    const bool run = alternative.tokens.front().kind == TokenKind::kBigram;
    const std::size_t facets = run ? alternative.facets.size() : 1;
    std::vector<std::uint16_t> held(index_.page_count(), 0);
    for (std::size_t i = 0; i < facets; ++i) {
      read_facet(alternative.facets[i], nullptr);
      for (const std::uint32_t section : facet_sections_) {
        frequencies_[section] = 0;
        std::uint16_t& count = held[index_.page_of_section(section)];
        if (count == i) ++count;
      }
    }
    for (std::size_t page = 0; page < held.size(); ++page) {
      if (held[page] == facets) excluded_[page] = 1;
    }
  }
}

// Values of one key are alternatives; different keys must all hold.
void Evaluator::apply_filters(const Filters& filters) {
  if (filters.empty()) return;
  const FilterTable* table = index_.filters();
  if (table == nullptr && index_.list().filters.size > 0) {
    complete_ = false;
    return;
  }
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const auto same_key = [&](const auto& filter) { return filter.first == filters[i].first; };
    if (std::any_of(filters.begin(), filters.begin() + static_cast<std::ptrdiff_t>(i), same_key)) continue;
    std::vector<std::uint8_t> allowed(index_.page_count(), 0);
    for (std::size_t j = i; j < filters.size() && table != nullptr; ++j) {
      if (filters[j].first != filters[i].first) continue;
      for (const FilterValue& value : table->values()) {
        if (value.key != filters[j].first || value.value != filters[j].second) continue;
        for (const std::uint32_t page : value.pages) allowed[page] = 1;
      }
    }
    for (std::size_t page = 0; page < allowed.size(); ++page) excluded_[page] |= allowed[page] == 0 ? 1 : 0;
  }
}

void Evaluator::match_phrases() {
  for (Unit& unit : units_) {
    for (Alternative& alternative : unit.alternatives) {
      if (alternative.phrase) match_phrase(index_, alternative);
    }
  }
}

// A phrase that stands nowhere is searched as words: the result says that it was dropped.
void Evaluator::drop_lost_phrases() {
  const std::size_t count = units_.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (units_[i].negated || units_[i].matched() || units_[i].pending()) continue;
    if (units_[i].alternatives.size() != 1 || !units_[i].alternatives.front().phrase) continue;
    for (const Facet& facet : units_[i].alternatives.front().facets) {
      if (facet.terms.empty()) continue;
      Unit word;
      word.alternatives.emplace_back();
      word.alternatives.back().facets.push_back(facet);
      units_.push_back(std::move(word));
    }
  }
}

float Evaluator::with_name(const Tally& tally, float bonus) const {
  const float share = std::min(1.0f, tally.named_share);
  return tally.score + bonus * tally.named * (1 - parameters_.whole_name + parameters_.whole_name * share);
}

void Evaluator::collect_pages() {
  std::uint64_t required = 0;
  for (std::size_t i = 0; i < units_.size() && i < 64; ++i) {
    const auto& alternatives = units_[i].alternatives;
    if (!units_[i].negated && units_[i].matched() && alternatives.size() == 1 && alternatives.front().phrase) {
      required |= std::uint64_t{1} << i;
    }
  }
  for (std::size_t page = 0; page < page_units_.size() && required != 0; ++page) {
    if ((page_units_[page] & required) != required) excluded_[page] = 1;
  }
  sort_numbers(total_.touched_pages);
  const float highest = maximum_ * (1 + parameters_.title + parameters_.section_share * (1 + parameters_.heading));
  for (const std::uint32_t page : total_.touched_pages) {
    const std::uint64_t units = page_units_[page];
    page_units_[page] = 0;
    if (excluded_[page] != 0) continue;
    const PageEntry& entry = index_.list().pages[page];
    float best = 0;
    for (std::uint32_t i = 0; i < entry.section_count; ++i) {
      best = std::max(best, with_name(total_.sections[entry.first_section + i], parameters_.heading));
    }
    const float share = std::min(1.0f, total_.coverage[page] / maximum_);
    const float factor = 1 - parameters_.coverage + parameters_.coverage * share;
    const float whole = with_name(total_.pages[page], parameters_.title);
    const float score = (whole + parameters_.section_share * best) / highest;
    pages_.push_back({page, score * factor * decode_weight(entry.weight_code), units});
  }
}

Analyzer& Evaluator::analyzer_for(std::string_view lang) {
  for (const auto& analyzer : foreign_) {
    if (analyzer->language() == lang) return *analyzer;
  }
  return *foreign_.emplace_back(std::make_unique<Analyzer>(lang, stemmer_));
}

void Evaluator::resolve(const Query& query, const EvaluationOptions& options, bool draft) {
  index_.spare_common(draft);
  Analyzer& analyzer = translator_.active() ? analyzer_for(options.languages.front().lang) : analyzer_;
  units_ = make_units(query, analyzer, options.units_max);
  TermResolver(index_, analyzer, folder_, stems_, translator_, parameters_)
      .resolve(units_, options.prefix && query.open_end);
  index_.spare_common(false);
  // While other files are missing, nobody knows whether there will be enough without the common words.
  if (draft && index_.missing().empty() && !drop_pending(units_)) resolve(query, options, false);
}

void Evaluator::resolve(const Query& query, const EvaluationOptions& options) {
  // A phrase needs all of its words, and so does an exclusion.
  const auto plain = [](const Clause& clause) {
    return !clause.phrase && !clause.negated && !clause.alternative_of_last;
  };
  resolve(query, options, options.draft && std::all_of(query.clauses.begin(), query.clauses.end(), plain));
}

void Evaluator::run(const Query& query, const Filters& filters, const EvaluationOptions& options) {
  index_.clear_missing();
  lengths_ = options.by_section ? index_.section_lengths() : nullptr;
  translator_.choose(options.languages, options.fold, false);
  resolve(query, options);
  score(filters);
}

void Evaluator::run_guessing(const Query& query, const Filters& filters, const EvaluationOptions& options) {
  std::vector<Unit> units = std::move(units_);
  translator_.choose(options.languages, options.fold, true);
  resolve(query, options);
  if (translator_.guessed()) {
    score(filters);
  } else {
    units_ = std::move(units);
  }
}

void Evaluator::score(const Filters& filters) {
  total_.clear();
  pages_.clear();
  std::fill(excluded_.begin(), excluded_.end(), std::uint8_t{0});
  maximum_ = 0;
  match_phrases();
  drop_lost_phrases();
  if (units_.size() > 64) units_.resize(64);
  apply_filters(filters);
  for (std::size_t i = 0; i < units_.size(); ++i) {
    if (units_[i].negated) {
      exclude(units_[i]);
    } else {
      score_unit(i);
    }
  }
  complete_ = index_.missing().empty();
  if (maximum_ > 0) collect_pages();
}

void Evaluator::sort_pages(std::size_t count) {
  sort_first(std::span(pages_), count, [](const PageScore& a, const PageScore& b) {
    return a.score != b.score ? a.score > b.score : a.page < b.page;
  });
}

std::vector<SectionScore> Evaluator::sections(std::uint32_t page, std::size_t count) const {
  const PageEntry& entry = index_.list().pages[page];
  const float highest = maximum_ * (1 + parameters_.heading);
  std::vector<SectionScore> found;
  for (std::uint32_t i = 0; i < entry.section_count; ++i) {
    const std::uint32_t section = entry.first_section + i;
    const Tally& tally = total_.sections[section];
    if (tally.score > 0) found.push_back({section, with_name(tally, parameters_.heading) / highest});
  }
  sort_small(std::span(found), [](const SectionScore& a, const SectionScore& b) {
    return a.score != b.score ? a.score > b.score : a.section < b.section;
  });
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace crossglot

#include "search/answer.h"

#include <algorithm>
#include <bit>

#include "base/sort.h"
#include "text/language.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// The reader's language has enough when so many pages hold every word of the query.
constexpr std::size_t kEnoughRows = 1;
// Rows of a first answer: with as many pages that hold every word nothing else is tried.
constexpr std::size_t kFirstRows = 5;
// A page in another language must be that much better than one the reader reads best.
constexpr float kForeignShare = 0.8f;
constexpr float kScoreUnits = 1048576.0f;  // 2^20: scores of one answer are distinct multiples of its inverse
constexpr float kScoreMax = 15.0f;

std::uint64_t wanted_units(const Evaluator& evaluator) {
  std::uint64_t wanted = 0;
  const auto& units = evaluator.units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!units[i].negated) wanted |= std::uint64_t{1} << i;
  }
  return wanted;
}

// Translations of all words are seldom all on one page; a third of them may miss.
bool holds_enough(std::uint64_t units, std::uint64_t wanted) {
  return 3 * std::popcount(wanted & ~units) <= std::popcount(wanted);
}

// Pages that hold every word of the query.
std::size_t whole_pages(Evaluator& evaluator) {
  const std::uint64_t wanted = wanted_units(evaluator);
  std::size_t count = 0;
  for (const PageScore& page : evaluator.pages()) count += page.units == wanted ? 1 : 0;
  return count;
}

std::string_view shorten(std::string_view text) {
  return text.size() <= kExcerptBytesMax ? text : text.substr(0, utf8_boundary(text, kExcerptBytesMax));
}

// The section whose text is shown for section `number`: a heading alone borrows what follows it.
std::uint32_t text_source(const PageText& text, std::uint32_t number, bool best) {
  for (std::uint32_t next = number; best && next < text.sections.size(); ++next) {
    const SectionText& section = text.sections[next];
    if (section.goes_on || !section.text.empty() || !section.code.empty()) return next;
  }
  return number;
}

}  // namespace

bool is_better(const Row& a, const Row& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.language != b.language) return a.language < b.language;
  return a.page != b.page ? a.page < b.page : a.section < b.section;
}

void keep_best_rows(std::vector<Row>& rows, std::size_t count) {
  sort_first(std::span(rows), count, is_better);
  if (rows.size() > count) rows.resize(count);
}

// The language itself, else one that shares its primary subtag.
std::uint32_t Answer::find_language(std::string_view tag) const {
  const std::size_t found = related_language(
      tag, languages_.size(), [&](std::size_t i) { return std::string_view(languages_[i]->index->list().lang); });
  return found < languages_.size() ? static_cast<std::uint32_t>(found) : kNone;
}

void Answer::choose_languages() {
  const std::uint32_t own = find_language(request_.lang);
  std::vector<std::uint32_t> allowed;
  for (const std::string& tag : request_.in) {
    if (tag == "all") {
      for (std::uint32_t i = 0; i < languages_.size(); ++i) allowed.push_back(i);
      continue;
    }
    const std::uint32_t found = find_language(tag);
    if (found != kNone) allowed.push_back(found);
  }
  if (request_.in.empty()) {
    for (std::uint32_t i = 0; i < languages_.size(); ++i) allowed.push_back(i);
  }
  if (std::find(allowed.begin(), allowed.end(), own) != allowed.end()) {
    own_ = own;
    searched_.push_back(own);
  }
  for (const std::uint32_t language : allowed) {
    if (std::find(searched_.begin(), searched_.end(), language) == searched_.end()) searched_.push_back(language);
  }
}

void Answer::evaluate(std::uint32_t language) {
  Evaluator& evaluator = languages_[language]->evaluator;
  const std::string& own = languages_[language]->index->list().lang;
  std::vector<QueryLanguage> others;
  const std::string lang = normalize_language(request_.lang);
  if (!lang.empty() && primary_language(lang) != primary_language(own)) others.push_back({lang, 1});
  const Query query = parse_query(request_.query, kQueryBytesMax);
  const EvaluationOptions options{.units_max = kQueryTermsMax,
                                  .prefix = request_.prefix,
                                  .draft = request_.draft,
                                  .languages = others,
                                  .fold = request_.fold,
                                  .by_section = request_.section_level};
  evaluator.run(query, request_.filters, options);
  // Readers switch languages within a query, and search in others than the interface's. Where enough pages hold every
  // word as it stands nobody need know: guessing costs files.
  if (evaluator.complete() && whole_pages(evaluator) < kFirstRows) {
    evaluator.run_guessing(query, request_.filters, options);
  }
  complete_ = complete_ && evaluator.complete();
}

bool Answer::own_has_enough() const {
  Evaluator& evaluator = languages_[own_]->evaluator;
  // While files are missing nobody knows: the reader's own language is asked for first, alone.
  return whole_pages(evaluator) >= kEnoughRows || !evaluator.complete();
}

// The version of a page in the reader's language, or kNone.
std::uint32_t Answer::own_page(std::uint32_t language, std::uint32_t page) const {
  return languages_[own_]->index->page_of_group(languages_[language]->index->list().pages[page].group);
}

// Pages that were never translated cannot be found in the reader's language.
bool Answer::own_lacks_pages() const {
  const List& list = languages_[own_]->index->list();
  return list.pages.size() < list.group_count;
}

// The version in the reader's language stands for its group, whichever version matched.
void Answer::show_readers_version(Row& row) const {
  if (own_ == kNone || row.language == own_) return;
  const std::uint32_t page = own_page(row.language, row.page);
  if (page == kNone) return;
  row.language = own_;
  row.page = page;
}

void Answer::collect_sections(std::uint32_t language) {
  LanguageState& state = *languages_[language];
  const float share = language == own_ || own_ == kNone ? 1.0f : kForeignShare;
  for (const PageScore& page : state.evaluator.pages()) {
    for (const SectionScore& section : state.evaluator.sections(page.page, SIZE_MAX)) {
      const float score = (page.score + section.score) / 2 * share;
      rows_.push_back({language, page.page, section.section, language, page.page, page.units, score});
    }
  }
}

void Answer::collect_language(std::uint32_t language, std::size_t count) {
  LanguageState& state = *languages_[language];
  auto& pages = state.evaluator.pages();
  if (request_.section_level) return collect_sections(language);
  if (count < pages.size()) state.evaluator.sort_pages(count);
  const bool foreign = own_ != kNone && language != own_;
  // Asked only because the reader's own has too little: then they add answers, not noise.
  const bool add_only = foreign && request_.in.empty();
  const std::uint64_t wanted = wanted_units(state.evaluator);
  for (std::size_t i = 0; i < std::min(count, pages.size()); ++i) {
    const PageScore& page = pages[i];
    if (add_only && !holds_enough(page.units, wanted)) continue;
    // What the reader's language has, it was asked for.
    if (add_only && enough_ && own_page(language, page.page) != kNone) continue;
    const float score = foreign ? page.score * kForeignShare : page.score;
    rows_.push_back({language, page.page, kNone, language, page.page, page.units, score});
  }
}

// One row a group: its best version.
void Answer::collapse() {
  std::vector<std::uint32_t> places;  // by group
  std::uint32_t kept = 0;
  for (const Row row : rows_) {
    const List& list = languages_[row.language]->index->list();
    const std::uint32_t group = list.pages[row.page].group;
    if (places.size() <= group) places.resize(std::max<std::size_t>(group + 1, list.group_count), kNone);
    std::uint32_t& place = places[group];
    if (place == kNone) {
      place = kept;
      rows_[kept++] = row;
    } else if (is_better(row, rows_[place])) {
      rows_[place] = row;
    }
  }
  rows_.resize(kept);
}

void Answer::collect_words() {
  const bool collapse_groups = request_.collapse && !request_.section_level;
  const bool merge = searched_.size() > 1;
  for (const std::uint32_t language : searched_) {
    const std::size_t pages = languages_[language]->evaluator.pages().size();
    collect_language(language, merge && collapse_groups ? pages : request_.limit);
    total_ += pages;
  }
  if (merge && collapse_groups) collapse();
  if (request_.section_level || (merge && collapse_groups)) total_ = rows_.size();
  keep_best_rows(rows_, request_.limit);
  if (merge && collapse_groups) {
    for (Row& row : rows_) show_readers_version(row);
  }
}

bool Answer::means() const {
  return kHasMeaning && meaning_ != nullptr && !request_.vector.empty() && request_.mode != SearchMode::kLexical;
}

// Languages whose versions may be rows.
const std::vector<std::uint32_t>& Answer::shown() const {
  return means() ? shown_ : searched_;
}

// The reader's own words may be enough, but a page's English ones say what its translator did not.
void Answer::search_english() {
  for (const std::uint32_t language : shown_) {
    if (primary_language(languages_[language]->index->list().lang) != "en") continue;
    if (std::find(searched_.begin(), searched_.end(), language) == searched_.end()) searched_.push_back(language);
  }
}

Status Answer::collect_fused() {
  FusionCandidates candidates{languages_, searched_, shown_, own_, request_.limit};
  candidates.words = request_.mode != SearchMode::kDense;
  candidates.collapse = request_.collapse;
  candidates.sections = request_.section_level;
  Result<FusedRows> fused = meaning_->rank(request_, candidates);
  if (!fused) return fused.error();
  complete_ = complete_ && meaning_->missing().empty();
  rows_ = std::move(fused->rows);
  fused_sections_ = std::move(fused->sections);
  total_ = fused->total;
  return ok_status();
}

void Answer::space_scores() {
  // Strictly falling, in units that survive being written as text.
  float last = kScoreMax * kScoreUnits;
  for (Row& row : rows_) {
    const auto units = static_cast<float>(static_cast<std::int32_t>(row.score * kScoreUnits));
    last = std::max(0.0f, std::min(units, last - 1));
    row.score = last / kScoreUnits;
  }
}

void Answer::note_needs(SearchResponse& response) const {
  const auto add = [&](const std::string& name) {
    if (std::find(response.needs.begin(), response.needs.end(), name) == response.needs.end()) {
      response.needs.push_back(name);
    }
  };
  for (const std::uint32_t language : shown()) {
    const LanguageIndex& index = *languages_[language]->index;
    for (const std::uint32_t file : index.missing()) add(index.list().files[file].name);
  }
  if (!means()) return;
  for (const std::string& name : meaning_->missing()) add(name);
}

// Replaces matches_ by those in `text`; the units that they are of, bit by bit.
std::uint64_t Answer::find_matches(const Row& row, std::string_view text) {
  matches_.clear();
  // A version that meaning alone has found was not asked for its words.
  if (kHasMeaning && std::find(searched_.begin(), searched_.end(), row.language) == searched_.end()) return 0;
  LanguageState& state = *languages_[row.language];
  state.highlighter.find(text, state.plain, matches_);
  std::uint64_t units = 0;
  for (const TextMatch& match : matches_) units |= std::uint64_t{1} << (match.unit & 63);
  return units;
}

// Whether what a page shard has of a section that goes on shows, below the page's title and the section's heading,
// every word of the query that the page holds. It depends on the index and the query alone, not on what is attached.
// Where no text is asked for, only a section's anchor can be missing.
bool Answer::head_is_enough(const Row& row, const PageText& text, const SectionText& section) {
  if (section.is_behind()) return false;
  if (!request_.text) return true;
  if (row.language != row.matched_language) return true;  // words of another language: the translation begins so
  std::uint64_t missing = row.units;
  for (const std::string_view part : {text.title, section.heading, section.text, section.code}) {
    if (missing != 0) missing &= ~find_matches(row, part);
  }
  return missing == 0;
}

// The section with its tail, where the answer wants that and it is there.
SectionText Answer::whole_section(const Row& row, const PageText& text, std::uint32_t number) {
  const SectionText& section = text.sections[number];
  LanguageIndex& index = *languages_[row.language]->index;
  if (!section.goes_on || (request_.draft && !index.has_tails(row.page))) return section;
  if (head_is_enough(row, text, section)) return section;
  const SectionTail* tail = index.section_tail(row.page, number);
  if (tail == nullptr) return section;
  whole_text_.assign(section.text).append(tail->text);
  whole_code_.assign(section.code).append(tail->code);
  const std::string_view anchor = section.is_behind() ? tail->anchor : section.anchor;
  return {anchor, section.heading, section.level, whole_text_, whole_code_, false};
}

SectionHit Answer::fill_section(const Row& row, const PageText& text, std::uint32_t number, float score, bool best) {
  SectionHit hit;
  const std::uint32_t source = request_.text ? text_source(text, number, best) : number;
  SectionText section = whole_section(row, text, source);
  hit.anchor = std::string(source == number ? section.anchor : text.sections[number].anchor);
  hit.heading = std::string(text.sections[number].heading);
  hit.score = score;
  if (!request_.text) return hit;
  if (best && section.is_behind()) {
    // Until its own text is there, its page's beginning stands for it.
    for (const SectionText& first : text.sections) {
      if (first.text.empty() && first.code.empty()) continue;
      section = first;
      break;
    }
  }
  std::string_view shown = shorten(section.text);
  find_matches(row, shown);
  if (matches_.empty() && !section.code.empty()) {
    std::vector<TextMatch> in_text;
    in_text.swap(matches_);
    const std::string_view code = shorten(section.code);
    find_matches(row, code);
    if (!matches_.empty() || shown.empty()) shown = code;
  }
  Excerpt excerpt = make_excerpt(shown, matches_, section.goes_on);
  hit.excerpt = std::move(excerpt.text);
  hit.marks = std::move(excerpt.marks);
  return hit;
}

std::vector<SectionScore> Answer::shown_sections(const Row& row) const {
  const Evaluator& evaluator = languages_[row.matched_language]->evaluator;
  const PageEntry& matched = languages_[row.matched_language]->index->list().pages[row.matched_page];
  const PageEntry& shown = languages_[row.language]->index->list().pages[row.page];
  std::vector<SectionScore> sections;
  if (row.section != kNone) {
    sections.push_back({row.section, row.score});
  } else if (kHasMeaning && row.fused != kNone) {
    sections = fused_sections_[row.fused];
    sections.resize(std::min<std::size_t>(sections.size(), std::max<std::size_t>(request_.sections, 1)));
  } else {
    sections = evaluator.sections(row.matched_page, std::max<std::size_t>(request_.sections, 1));
  }
  // A translation is cut like its original, or its first section stands for it.
  const bool parallel = matched.section_count == shown.section_count;
  if (!parallel || sections.empty()) {
    sections.assign(1, {matched.first_section, sections.empty() ? 0 : sections.front().score});
  }
  for (SectionScore& section : sections) {
    section.section = std::min(section.section - matched.first_section, shown.section_count - 1);
  }
  return sections;
}

bool Answer::fill_hit(const Row& row, Hit& hit) {
  LanguageState& state = *languages_[row.language];
  const PageText* text = state.index->page_text(row.page);
  if (text == nullptr) return false;
  const List& list = state.index->list();
  hit.url = std::string(text->url);
  hit.group = std::string(text->group);
  hit.lang = text->lang.empty() ? list.lang : std::string(text->lang);
  hit.dir = text->dir.empty() ? list.dir : std::string(text->dir);
  hit.score = row.score;
  const std::uint32_t group = list.pages[row.page].group;
  for (const auto& language : languages_) {
    if (language->index->page_of_group(group) != kNone) hit.languages.push_back(language->index->list().lang);
  }
  if (request_.text) {
    hit.title = std::string(text->title);
    find_matches(row, text->title);
    hit.title_marks = make_marks(text->title, matches_);
  }
  float last = kScoreMax;
  for (const SectionScore& section : shown_sections(row)) {
    const auto units = static_cast<float>(static_cast<std::int32_t>(std::min(section.score, last) * kScoreUnits));
    last = units / kScoreUnits;
    hit.sections.push_back(fill_section(row, *text, section.section, last, hit.sections.empty()));
  }
  return true;
}

void Answer::collect_surfaces() {
  for (const std::uint32_t language : searched_) {
    languages_[language]->highlighter.collect(languages_[language]->evaluator);
  }
}

void Answer::fill_hits(SearchResponse& response) {
  if (request_.text) collect_surfaces();
  for (const Row& row : rows_) {
    Hit hit;
    if (fill_hit(row, hit)) response.hits.push_back(std::move(hit));
  }
}

// Words that no row holds, and words that were read as others, by the first language that answered.
void Answer::report_words(SearchResponse& response) const {
  if (searched_.empty() || (means() && request_.mode == SearchMode::kDense)) return;
  std::uint32_t language = rows_.empty() ? searched_.front() : rows_.front().matched_language;
  if (kHasMeaning && std::find(searched_.begin(), searched_.end(), language) == searched_.end()) {
    language = searched_.front();
  }
  const auto& units = languages_[language]->evaluator.units();
  std::uint64_t held = 0;
  for (const Row& row : rows_) held |= row.matched_language == language ? row.units : 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    if (unit.negated || unit.text.empty()) continue;
    const bool is_held = (held >> i & 1) != 0;
    if (!is_held && !rows_.empty() && !unit.pending()) response.dropped.push_back(unit.text);
    if (is_held && !unit.corrected_to.empty()) response.corrected.push_back({unit.text, unit.corrected_to});
  }
}

Result<SearchResponse> Answer::run() {
  SearchResponse response;
  choose_languages();
  if (means()) {
    shown_ = searched_;
    for (const std::uint32_t language : shown_) languages_[language]->index->clear_missing();
  }
  if (own_ != kNone && request_.in.empty()) {
    evaluate(own_);
    enough_ = own_has_enough();
    if (enough_ && (request_.draft || !complete_ || !own_lacks_pages())) searched_.assign(1, own_);
  }
  if (means()) search_english();
  for (const std::uint32_t language : searched_) {
    if (language != own_ || !request_.in.empty()) evaluate(language);
  }
  if (means()) {
    if (Status status = collect_fused(); !status) return status.error();
  } else {
    collect_words();
  }
  space_scores();
  if (!complete_) note_needs(response);
  fill_hits(response);
  // Page texts are asked for when the rows are known, not before.
  if (complete_) note_needs(response);
  for (const std::uint32_t language : shown()) {
    const Error& error = languages_[language]->index->error();
    if (error.code != ErrorCode::kOk) return error;
  }
  response.total = total_;
  report_words(response);
  return response;
}

}  // namespace crossglot

#include "lexical/phrase.h"

#include <algorithm>

#include "base/sort.h"

namespace crossglot {
namespace {

// A place in the index: section in the upper half, position in the lower, so that places sort and compare as numbers.
using Place = std::uint64_t;

Place make_place(std::uint32_t section, std::uint32_t position) {
  return static_cast<Place>(section) << 32 | position;
}

// All places of one word of the phrase, moved back by `offset` words to where the phrase would begin.
bool read_places(LanguageIndex& index, const Facet& facet, std::uint32_t offset, std::vector<Place>& places) {
  const auto exact = [](const WeightedTerm& term) { return term.weight >= 1.0f; };
  const bool has_exact = std::any_of(facet.terms.begin(), facet.terms.end(), exact);
  std::vector<Posting> postings;
  std::vector<std::uint32_t> positions;
  std::vector<std::uint32_t> ends;
  bool complete = true;
  places.clear();
  for (const WeightedTerm& term : facet.terms) {
    if (has_exact && !exact(term)) continue;
    if (!index.read_positions(term.place, positions, ends)) {
      complete = false;
      continue;
    }
    index.read_postings(term.place, postings);
    std::size_t at = 0;
    for (std::size_t i = 0; i < postings.size() && i < ends.size(); ++i) {
      for (; at < ends[i]; ++at) {
        if (positions[at] >= offset) places.push_back(make_place(postings[i].section, positions[at] - offset));
      }
    }
  }
  sort_numbers(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return complete;
}

}  // namespace

void match_phrase(LanguageIndex& index, Alternative& alternative) {
  alternative.sections.clear();
  alternative.phrase_pending = false;
  std::vector<Place> starts;
  std::vector<Place> places;
  std::vector<Place> both;
  bool complete = true;
  for (std::size_t i = 0; i < alternative.facets.size(); ++i) {
    const Facet& facet = alternative.facets[i];
    if (facet.pending) complete = false;
    const std::uint32_t offset = alternative.tokens[i].position - alternative.tokens.front().position;
    // All files are asked for in one round, so reading goes on when the phrase is lost already.
    if (!read_places(index, facet, offset, places)) complete = false;
    if (i == 0) {
      starts.swap(places);
      continue;
    }
    both.clear();
    std::set_intersection(starts.begin(), starts.end(), places.begin(), places.end(), std::back_inserter(both));
    starts.swap(both);
  }
  alternative.phrase_pending = !complete;
  if (!complete) return;
  for (const Place place : starts) {
    const auto section = static_cast<std::uint32_t>(place >> 32);
    if (alternative.sections.empty() || alternative.sections.back() != section) {
      alternative.sections.push_back(section);
    }
  }
}

}  // namespace crossglot

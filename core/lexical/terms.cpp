#include "lexical/terms.h"

#include <algorithm>
#include <tuple>

#include "base/sort.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// A prefix search reads no more shards than this: a single letter may begin half of the index.
constexpr std::uint32_t kPrefixShardsMax = 2;
// Stems shorter than what was typed hold the words that go on from it ("installin" -> instal: installing).
constexpr std::size_t kStemCutMax = 4;

bool contains(const Facet& facet, const TermPlace& place) {
  return std::any_of(facet.terms.begin(), facet.terms.end(), [&](const WeightedTerm& term) {
    return term.place.shard == place.shard && term.place.group == place.group && term.place.term == place.term;
  });
}

}  // namespace

TermResolver::Lookup TermResolver::find_group(std::string_view stem, TermPlace& place) {
  const std::uint32_t number = index_.shard_of(stem);
  if (number == kNone) return Lookup::kAbsent;
  const TermShard* shard = index_.term_shard(number);
  if (shard == nullptr) return Lookup::kPending;
  const std::size_t group = shard->lower_bound(stem);
  if (group >= shard->groups().size() || shard->groups()[group].stem != stem) return Lookup::kAbsent;
  place = {number, static_cast<std::uint32_t>(group), 0};
  return Lookup::kFound;
}

void TermResolver::add_group(const TermPlace& place, std::string_view surface, float weight, Facet& facet) {
  const TermGroup& group = index_.group(place);
  for (std::uint32_t i = 0; i < group.terms.size(); ++i) {
    const TermPlace term{place.shard, place.group, i};
    if (contains(facet, term)) continue;
    const float share = group.terms[i].surface == surface ? 1.0f : parameters_.other_surface;
    facet.terms.push_back({term, weight * share});
  }
}

Facet TermResolver::look_up(const Token& token) {
  Facet facet;
  TermPlace place;
  translated_.clear();
  const Lookup found = find_group(translator_.active() ? stems_.stem(token.surface) : token.stem, place);
  facet.pending = found == Lookup::kPending;
  if (found == Lookup::kFound) {
    add_group(place, token.surface, 1.0f, facet);
    facet.document_frequency = index_.group(place).document_frequency;
  }
  if (translator_.active()) translate(token, facet);
  return facet;
}

// Adds what the word means in the index's language. A word with translations is seldom a word of the index's language
// as it stands, so it counts less itself.
void TermResolver::translate(const Token& token, Facet& facet) {
  if (!translator_.translate(token.surface, facet.terms.empty(), translated_)) facet.pending = true;
  if (translated_.empty()) return;
  for (WeightedTerm& term : facet.terms) term.weight *= parameters_.untranslated;
  if (!facet.terms.empty()) facet.rarity = parameters_.untranslated * rarity(facet.document_frequency);
  add_translations(facet);
}

// A word that nothing so far knows, or hardly a page of the index: readers switch languages within a query.
void TermResolver::guess_language(const Token& token, Facet& facet) {
  if (token.kind == TokenKind::kIdentifier || token.kind == TokenKind::kNumber || facet.pending) return;
  const auto rare = static_cast<std::uint32_t>(parameters_.rare_share * static_cast<float>(index_.page_count()));
  if (!translated_.empty() || facet.document_frequency > rare) return;
  // A word that stands in the index can only be a borrowed one: people borrow from English.
  const bool held = !facet.terms.empty();
  if (!translator_.guess(token.surface, held, translated_)) facet.pending = true;
  if (held) {
    for (TranslatedTerm& term : translated_) term.probability *= parameters_.borrowed;
  }
  if (translated_.empty()) return;
  const float own = facet.terms.empty() ? 0 : rarity(facet.document_frequency);
  add_translations(facet);
  // What a known word may mean elsewhere makes it no more important.
  if (own > 0) facet.rarity = own;
}

float TermResolver::rarity(std::uint32_t document_frequency) const {
  return inverse_document_frequency(index_.page_count(), document_frequency);
}

// The facet is as rare as its translations are on average, each as far as it is probable: what a word means by half
// counts by half. The rarity of their frequencies' sum would be that of the most frequent one.
void TermResolver::add_translations(Facet& facet) {
  if (facet.rarity == 0 && !facet.terms.empty()) facet.rarity = rarity(facet.document_frequency);
  float together = static_cast<float>(facet.document_frequency);
  for (const TranslatedTerm& translated : translated_) {
    TermPlace place;
    const Lookup found = find_group(translated.stem, place);
    if (found == Lookup::kPending) facet.pending = true;
    if (found != Lookup::kFound) continue;
    add_translation(place, translated.probability, facet);
    facet.rarity += translated.probability * rarity(index_.group(place).document_frequency);
    together += translated.probability * static_cast<float>(index_.group(place).document_frequency);
  }
  facet.document_frequency = std::min(index_.page_count(), static_cast<std::uint32_t>(together) + 1);
}

void TermResolver::add_translation(const TermPlace& place, float weight, Facet& facet) {
  const TermGroup& group = index_.group(place);
  for (std::uint32_t i = 0; i < group.terms.size(); ++i) {
    const TermPlace term{place.shard, place.group, i};
    const auto known = std::find_if(facet.terms.begin(), facet.terms.end(), [&](const WeightedTerm& other) {
      return other.place.shard == term.shard && other.place.group == term.group && other.place.term == term.term;
    });
    if (known == facet.terms.end()) {
      facet.terms.push_back({term, weight});
    } else {
      known->weight += weight;
    }
  }
}

void TermResolver::collect_prefixed(std::uint32_t number, std::string_view prefix, const Token& token,
                                    std::vector<TermPlace>& found) {
  const TermShard* shard = index_.term_shard(number);
  if (shard == nullptr) return;
  const auto& groups = shard->groups();
  for (std::size_t i = shard->lower_bound(prefix); i < groups.size() && groups[i].stem.starts_with(prefix); ++i) {
    for (std::uint32_t term = 0; term < groups[i].terms.size(); ++term) {
      const bool bigram = (groups[i].terms[term].flags & kBigramTerm) != 0;
      if (bigram != (token.kind == TokenKind::kBigram)) continue;
      found.push_back({number, static_cast<std::uint32_t>(i), term});
    }
  }
}

void TermResolver::expand_prefix(const Token& token, Facet& facet) {
  const std::string prefix = token.kind == TokenKind::kBigram ? token.surface : folder_.stem(token.surface);
  if (prefix.empty()) return;
  std::vector<TermPlace> found;
  const auto& shards = index_.list().term_shards;
  const std::uint32_t ranges = index_.list().range_count();
  std::uint32_t first = index_.range_of(prefix);
  if (first == kNone) first = 0;
  for (std::uint32_t i = first; i < ranges && i < first + kPrefixShardsMax; ++i) {
    if (i > first && !std::string_view(shards[i].first_stem).starts_with(prefix)) break;
    if (index_.term_shard(i) == nullptr) facet.pending = true;
    collect_prefixed(i, prefix, token, found);
  }
  for (std::uint32_t i = ranges; i < shards.size(); ++i) {
    if (!std::string_view(shards[i].first_stem).starts_with(prefix)) continue;
    // A draft does without, unless the word has nothing else to become.
    if (index_.term_shard(i) == nullptr && (!index_.common_spared() || found.empty())) facet.pending = true;
    collect_prefixed(i, prefix, token, found);
  }
  for (std::size_t cut = 1; cut <= kStemCutMax && prefix.size() > cut + 3; ++cut) {
    TermPlace place;
    const std::string_view stem = std::string_view(prefix).substr(0, prefix.size() - cut);
    const std::uint32_t shard = index_.shard_of(stem);
    if ((shard != first && !index_.is_common(shard)) || find_group(stem, place) != Lookup::kFound) continue;
    const auto& terms = index_.group(place).terms;
    for (std::uint32_t term = 0; term < terms.size(); ++term) {
      if (terms[term].surface.starts_with(token.surface)) found.push_back({place.shard, place.group, term});
    }
  }
  sort_small(std::span(found), [&](const TermPlace& a, const TermPlace& b) {
    const std::uint32_t left = index_.term(a).document_frequency;
    const std::uint32_t right = index_.term(b).document_frequency;
    return left != right ? left > right : std::tie(a.shard, a.group, a.term) < std::tie(b.shard, b.group, b.term);
  });
  if (found.size() > parameters_.prefix_surfaces) found.resize(parameters_.prefix_surfaces);
  // A word that stands in the index keeps its own rarity; an unfinished one has that of what it may become.
  const bool whole = !facet.terms.empty();
  // One character of a script without spaces is found by the bigrams that begin with it: these are the word.
  const float weight = token.kind == TokenKind::kBigram ? 1.0f : parameters_.prefix_surface;
  std::uint32_t together = facet.document_frequency;
  for (const TermPlace& place : found) {
    if (contains(facet, place)) continue;
    facet.terms.push_back({place, weight});
    together = std::min(index_.page_count(), together + index_.term(place).document_frequency);
  }
  if (!whole || token.kind == TokenKind::kBigram) facet.document_frequency = together;
}

// Words that begin as this one does: "suppression" also finds "supprimer", which the stemmer keeps apart. Only those
// of its own shard, so that nothing more is fetched; its rarity stays its own.
void TermResolver::add_relatives(const Token& token, Facet& facet) {
  const std::string_view stem = token.stem;
  std::size_t letters = 0;
  for (const char byte : stem) letters += utf8_begins(byte) ? 1 : 0;
  const auto kept = static_cast<std::size_t>(parameters_.relative_share * static_cast<float>(letters));
  std::size_t size = 0;
  for (std::size_t left = std::max(kept, parameters_.relative_letters) + 1; size < stem.size(); ++size) {
    if (utf8_begins(stem[size]) && --left == 0) break;
  }
  // A list may begin behind the stem of a word that is found by its prefix alone.
  const std::uint32_t shard = index_.shard_of(stem);
  if (size == stem.size() || shard == kNone) return;
  std::vector<TermPlace> found;
  collect_prefixed(shard, stem.substr(0, size), token, found);
  for (const TermPlace& place : found) {
    if (!contains(facet, place)) facet.terms.push_back({place, parameters_.relative});
  }
}

void TermResolver::resolve_alternative(Alternative& alternative, bool wide, bool open_end) {
  const auto& tokens = alternative.tokens;
  const bool run = tokens.front().kind == TokenKind::kBigram;
  std::size_t bigrams = 0;
  for (const Token& token : tokens) bigrams += token.kind == TokenKind::kBigram ? 1 : 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    Facet facet = look_up(token);
    const bool single = run && tokens.size() == 1 && utf8_boundary(token.surface, token.surface.size() - 1) == 0;
    const bool open = open_end && (i == 0 || i + 1 == tokens.size()) && token.kind != TokenKind::kBigram;
    if (single || open) {
      expand_prefix(token, facet);
    }
    if (!alternative.phrase) {
      if (wide && !translator_.active() && token.kind == TokenKind::kWord && !facet.terms.empty())
        add_relatives(token, facet);
      if (token.kind == TokenKind::kPart && i > 0) {
        // What the dictionary has for the parts stands for a whole that it does not know.
        const bool alone = translator_.active() && alternative.facets.front().terms.empty();
        facet.weight = alone ? 1.0f : parameters_.part;
        facet.names = alone;
      }
      if (token.kind == TokenKind::kBigram && bigrams > 1) {
        const float whole = 1.0f / static_cast<float>(bigrams);
        facet.weight = 1.0f + parameters_.bigram_share * (whole - 1.0f);
      }
    }
    if (!open || facet.terms.empty()) guess_language(token, facet);
    alternative.facets.push_back(std::move(facet));
  }
}

void TermResolver::resolve(std::vector<Unit>& units, bool open_end) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    Unit& unit = units[i];
    const bool last = open_end && i + 1 == units.size() && !unit.negated;
    for (std::size_t j = 0; j < unit.alternatives.size(); ++j) {
      resolve_alternative(unit.alternatives[j], !unit.negated, last && j + 1 == unit.alternatives.size());
    }
  }
  if (translator_.active()) return;
  join_neighbours(units);
  for (Unit& unit : units) correct(unit);
}

}  // namespace crossglot

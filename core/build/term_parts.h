// build/term_parts.h - the vocabulary of one language as term shards, position shards and a word list.
#pragma once

#include "build/language_parts.h"
#include "build/section_table.h"

namespace crossglot {

// Identifiers and numbers: language-free, so that their frequency counts all languages (term_shard.h).
inline bool is_identifier_term(std::uint8_t seen_as) {
  return (seen_as & (kSeenIdentifier | kSeenNumber)) != 0;
}

// Fills the term shards, the word list and the counts of `parts`.
void build_terms(const CorpusLanguage& language, const SectionTable& sections,
                 const IdentifierFrequencies& identifiers, const FieldWeights& weights, LanguageParts& parts);

}  // namespace crossglot

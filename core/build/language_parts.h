// build/language_parts.h - one language of the corpus as parts: shards, word list, filter table, page table.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "build/corpus.h"
#include "format/list.h"

namespace crossglot {

struct BuiltTermShard {
  std::string first_stem;
  Bytes terms;
  Bytes positions;
};

struct BuiltPageShard {
  std::uint32_t first_page = 0;
  Bytes bytes;
};

struct BuiltDictionaryShard {
  std::string first_stem;
  Bytes bytes;
};

struct BuiltDictionary {
  std::string lang;  // of the sources
  std::uint32_t fold = 0;
  std::vector<BuiltDictionaryShard> shards;
};

struct LanguageParts {
  List list;  // without files and parts
  std::vector<BuiltTermShard> term_shards;
  std::vector<BuiltTermShard> common_shards;  // of one stem each
  std::vector<BuiltPageShard> page_shards;
  std::vector<BuiltPageShard> tail_shards;
  Bytes words;
  Bytes filters;  // empty: no page has one
  Bytes lengths;
  std::vector<BuiltDictionary> dictionaries;
  std::vector<BuiltDictionary> sample_dictionaries;  // of no bundle: relevance.h asks with them
  std::uint64_t terms = 0;
  std::uint64_t postings = 0;
};

// For identifier terms: in how many translation groups a surface occurs, over all languages.
using IdentifierFrequencies = std::unordered_map<std::string_view, std::uint32_t>;
IdentifierFrequencies count_identifiers(const Corpus& corpus);

// rank_of_group: the inverse of order_groups().
LanguageParts build_language(const Corpus& corpus, const CorpusLanguage& language,
                             const std::vector<std::uint32_t>& rank_of_group,
                             const IdentifierFrequencies& identifiers, const FieldWeights& weights);

}  // namespace crossglot

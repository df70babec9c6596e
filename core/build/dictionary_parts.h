// build/dictionary_parts.h - the site's own dictionaries: mined from its translations, cut into shards.
#pragma once

#include <vector>

#include "build/builder.h"
#include "build/corpus.h"
#include "build/language_parts.h"

namespace crossglot {

// Adds to the parts of every language the dictionaries of the others into it, and to the report what was aligned.
// parts  by language of the corpus. Pairs of languages are mined on options.threads threads.
void build_dictionaries(const Corpus& corpus, const BuildOptions& options, std::vector<LanguageParts>& parts,
                        BuildReport& report);

}  // namespace crossglot

// build/relevance.h - what a reader of one language can expect of the pages in another, measured on the site itself.
//
// Titles and headings of translated pages are asked of the other languages' pages. Each is a query whose answer is
// known: its page's group. The dictionary that translates them has not seen the groups that are asked about
// (in_relevance_sample()), so that it knows no more of them than of a reader's own words.
//
// The real thing is a little better for a whole site's dictionary, and worse for readers who do not know how a site
// calls things: compare builds by it, not sites. The sample, its order and its bounds depend on the documents alone.
#pragma once

#include <string_view>
#include <vector>

#include "build/builder.h"
#include "build/corpus.h"
#include "build/language_parts.h"

namespace crossglot {

bool in_relevance_sample(std::string_view group);

// Asks in one thread, at most about two thousand queries in all; pairs of languages with fewer than ten are left out.
// parts     by language of the corpus; their sample_dictionaries translate. Left as they are.
// stemmer   for the queries' languages.
// Appends to report.relevance by target, then source. Errors: kInput when a language does not fit (bundle.h).
Status measure_relevance(const Corpus& corpus, std::vector<LanguageParts>& parts, Stemmer& stemmer,
                         BuildReport& report);

}  // namespace crossglot

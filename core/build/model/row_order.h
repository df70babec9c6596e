// build/model/row_order.h - which rows of the vocabulary belong together in pages, and which come first.
//
// Without knowing a site: by script, each in the order of ids, which is that of frequency in the tokenizers at hand.
// For a site: first the pieces that its own text uses most, as many as ought to be there before the first question;
// then, language by language, what else it uses, so that a question in one of them finds the rest of its pieces in
// one or two pages; then the other pieces by script.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "build/model/model.h"

namespace crossglot {

// pieces  spelled, by id; empty where no text becomes the piece.
RowOrder order_by_script(std::span<const std::string> pieces);

// How often a site uses each piece, by id, for each of its languages.
using CountsByLanguage = std::map<std::string, std::vector<std::uint64_t>>;

// At most `first_rows` pieces make up the group "first": those of the highest shares, a piece's share being that of
// the language's text, summed over languages so that each counts the same; ties to the lower id. Every piece of
// `always` is among them. The other pieces with a count belong to the language in whose text they have the highest
// share, in a group of its name; languages behind the 64 with most text share "seen".
RowOrder order_by_use(const RowOrder& order, const CountsByLanguage& counts, std::span<const std::uint32_t> always,
                      std::size_t first_rows);

// Which groups of `order` a site in these languages needs: all but those of scripts that none of them is written in.
// Latin and what has no script are always needed. A language that this build does not know is taken for one that is
// written in Latin. By group.
std::vector<bool> groups_of_languages(const RowOrder& order, std::span<const std::string> languages);

}  // namespace crossglot

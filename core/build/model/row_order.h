// build/model/row_order.h - which rows of the vocabulary belong together in pages, and which come first.
//
// Without knowing a site: by script, each in the order of ids, which is that of frequency in the tokenizers at hand.
// For a site: the pieces of its own text first, as many as ought to be there before the first question; then the rest
// of what it uses; then the other pieces by script. A reader in another language finds his pieces in few pages.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "build/model/model.h"

namespace crossglot {

// pieces  spelled, by id; empty where no text becomes the piece.
RowOrder order_by_script(std::span<const std::string> pieces);

// counts  how often the site uses each piece, by id. At most `first_rows` of the most frequent ones, ties to the
// lower
//         id, and every piece of `always` make up the group "first"; the others with a count make up "seen".
RowOrder order_by_use(const RowOrder& order, std::span<const std::uint64_t> counts,
                      std::span<const std::uint32_t> always, std::size_t first_rows);

// Which groups of `order` a site in these languages needs: "first", "seen", Latin, what has no script, and the
// scripts of the languages. A language that this build does not know is taken for one that is written in Latin. By
// group.
std::vector<bool> groups_of_languages(const RowOrder& order, std::span<const std::string> languages);

}  // namespace crossglot

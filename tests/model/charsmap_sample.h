// The rules of a "Precompiled" normaliser as a tokenizer.json holds them.
#pragma once

#include <map>
#include <string>

namespace crossglot::test {

using CharsmapRules = std::map<std::string, std::string>;

// A few rules of nmt_nfkc.
CharsmapRules some_nmt_rules();

// build/model/charsmap.h has the grammar.
std::string charsmap_bytes(const CharsmapRules& rules);
std::string to_base64(const std::string& bytes);

}  // namespace crossglot::test

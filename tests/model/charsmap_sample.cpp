#include "model/charsmap_sample.h"

#include <cstdint>
#include <vector>

namespace crossglot::test {

CharsmapRules some_nmt_rules() {
  return {{"\t", " "}, {"\u200B", " "}, {"A\u030A", "Å"}, {"ﬁ", "fi"}, {"\x01", ""}, {"\u1100\u1161\u11A8", "각"}};
}

std::string charsmap_bytes(const CharsmapRules& rules) {
  std::map<std::string, std::uint32_t> blocks;  // of every prefix: where 256 units for its children begin
  for (const auto& [key, value] : rules) {
    for (std::size_t size = 0; size <= key.size(); ++size) blocks.emplace(key.substr(0, size), 0);
  }
  std::uint32_t next = 256;
  for (auto& [prefix, block] : blocks) {
    block = next;
    next += 256;
  }
  std::vector<std::uint32_t> units(next);
  std::string replacements;
  for (const auto& [prefix, block] : blocks) {
    const bool root = prefix.empty();
    const std::uint32_t label = root ? 0 : static_cast<std::uint8_t>(prefix.back());
    const std::uint32_t node = root ? 0 : blocks.at(prefix.substr(0, prefix.size() - 1)) + label;
    const auto rule = rules.find(prefix);
    units[node] = label | (rule == rules.end() ? 0 : 1u << 8) | (node ^ block) << 10;
    if (rule == rules.end()) continue;
    units[block] = 0x80000000 | static_cast<std::uint32_t>(replacements.size());
    replacements += rule->second + '\0';
  }
  std::string bytes;
  const auto append = [&](std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(value >> shift));
  };
  append(static_cast<std::uint32_t>(4 * units.size()));
  for (const std::uint32_t unit : units) append(unit);
  return bytes + replacements;
}

std::string to_base64(const std::string& bytes) {
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = i; j < i + 3; ++j) {
      bits = bits << 8 | (j < bytes.size() ? static_cast<std::uint8_t>(bytes[j]) : 0u);
    }
    for (int shift = 18; shift >= 0; shift -= 6) text.push_back(kDigits[bits >> shift & 63]);
  }
  for (std::size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i) text[text.size() - 1 - i] = '=';
  return text;
}

}  // namespace crossglot::test

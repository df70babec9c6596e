#include "build/model/row_order.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "embed/pack_rows.h"
#include "text/language.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr const char* kFirst = "first";
constexpr const char* kSeen = "seen";

// ISO 15924, in the order of Script.
constexpr std::array<const char*, kScriptCount> kScriptNames = {"Zyyy", "Zzzz", "Latn", "Grek", "Cyrl", "Armn",
                                                                "Hebr", "Arab", "Deva", "Taml", "Hang", "Hani",
                                                                "Hira", "Kana", "Thai", "Laoo", "Mymr", "Khmr"};

// Languages of other scripts than Latin alone (CLDR's likely scripts). "Zzzz" holds all scripts that Script does not
// tell apart, so a language of one of them needs that group.
struct LanguageScripts {
  const char* language;
  std::array<const char*, 3> scripts;
};
constexpr LanguageScripts kLanguageScripts[] = {
    {"am", {"Zzzz"}},         {"ar", {"Arab"}},         {"as", {"Zzzz"}},
    {"be", {"Cyrl"}},         {"bg", {"Cyrl"}},         {"bn", {"Zzzz"}},
    {"bo", {"Zzzz"}},         {"brx", {"Deva"}},        {"ckb", {"Arab"}},
    {"dgo", {"Deva"}},        {"dz", {"Zzzz"}},         {"el", {"Grek"}},
    {"fa", {"Arab"}},         {"gu", {"Zzzz"}},         {"he", {"Hebr"}},
    {"hi", {"Deva"}},         {"hy", {"Armn"}},         {"ja", {"Hani", "Hira", "Kana"}},
    {"ka", {"Zzzz"}},         {"kk", {"Cyrl"}},         {"km", {"Khmr"}},
    {"kn", {"Zzzz"}},         {"ko", {"Hang", "Hani"}}, {"kok", {"Deva"}},
    {"ks", {"Arab", "Deva"}}, {"ky", {"Cyrl"}},         {"lo", {"Laoo"}},
    {"mai", {"Deva"}},        {"mk", {"Cyrl"}},         {"ml", {"Zzzz"}},
    {"mn", {"Cyrl"}},         {"mni", {"Zzzz"}},        {"mr", {"Deva"}},
    {"my", {"Mymr"}},         {"ne", {"Deva"}},         {"or", {"Zzzz"}},
    {"pa", {"Zzzz", "Arab"}}, {"ps", {"Arab"}},         {"ru", {"Cyrl"}},
    {"sa", {"Deva"}},         {"sat", {"Zzzz"}},        {"sd", {"Arab", "Deva"}},
    {"si", {"Zzzz"}},         {"sr", {"Cyrl"}},         {"ta", {"Taml"}},
    {"te", {"Zzzz"}},         {"tg", {"Cyrl"}},         {"th", {"Thai"}},
    {"ti", {"Zzzz"}},         {"tt", {"Cyrl"}},         {"ug", {"Arab"}},
    {"uk", {"Cyrl"}},         {"ur", {"Arab"}},         {"uz", {"Cyrl"}},
    {"yi", {"Hebr"}},         {"zh", {"Hani"}},
};

// A piece is of the script of its first character that has one.
Script script_of(std::string_view piece) {
  for (std::size_t at = 0; at < piece.size();) {
    const Decoded decoded = decode_utf8(piece, at);
    at += decoded.size;
    if (decoded.code_point == kInvalidCodePoint) continue;
    const Script script = properties(decoded.code_point).script;
    if (script != Script::kCommon) return script;
  }
  return Script::kCommon;
}

// Drops labels of groups without a piece.
RowOrder compact(std::span<const std::string> labels, std::span<const std::size_t> group_of_piece) {
  std::vector<std::size_t> counts(labels.size());
  for (const std::size_t group : group_of_piece) ++counts[group];
  RowOrder order;
  std::vector<std::uint8_t> number(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (counts[i] == 0) continue;
    number[i] = static_cast<std::uint8_t>(order.labels.size());
    order.labels.push_back(labels[i]);
  }
  order.group_of_piece.reserve(group_of_piece.size());
  for (const std::size_t group : group_of_piece) order.group_of_piece.push_back(number[group]);
  return order;
}

// The scripts of a language, or nothing where it is not known to write in another than Latin.
std::vector<std::string> scripts_of(const std::string& language) {
  const std::string tag = normalize_language(language);
  const std::string primary = primary_language(tag);
  std::vector<std::string> scripts;
  for (const LanguageScripts& entry : kLanguageScripts) {
    if (primary != entry.language) continue;
    for (const char* script : entry.scripts) {
      if (script != nullptr) scripts.emplace_back(script);
    }
  }
  return scripts;
}

}  // namespace

RowOrder order_by_script(std::span<const std::string> pieces) {
  const std::vector<std::string> labels(kScriptNames.begin(), kScriptNames.end());
  std::vector<std::size_t> groups;
  groups.reserve(pieces.size());
  for (const std::string& piece : pieces) groups.push_back(static_cast<std::size_t>(script_of(piece)));
  return compact(labels, groups);
}

RowOrder order_by_use(const RowOrder& order, std::span<const std::uint64_t> counts,
                      std::span<const std::uint32_t> always, std::size_t first_rows) {
  CG_CHECK(counts.size() == order.group_of_piece.size());
  std::vector<std::uint32_t> used;
  for (std::uint32_t piece = 0; piece < counts.size(); ++piece) {
    if (counts[piece] > 0) used.push_back(piece);
  }
  std::sort(used.begin(), used.end(),
            [&](std::uint32_t a, std::uint32_t b) { return counts[a] != counts[b] ? counts[a] > counts[b] : a < b; });
  std::vector<std::string> labels = {kFirst, kSeen};
  std::vector<std::size_t> renumber;
  for (const std::string& label : order.labels) {  // groups of the same name stay one, whoever made them
    const auto at = std::find(labels.begin(), labels.end(), label);
    renumber.push_back(static_cast<std::size_t>(at - labels.begin()));
    if (at == labels.end()) labels.push_back(label);
  }
  std::vector<std::size_t> groups;
  for (const std::uint8_t group : order.group_of_piece) groups.push_back(renumber[group]);
  for (std::size_t i = 0; i < used.size(); ++i) groups[used[i]] = i < first_rows ? 0 : 1;
  for (const std::uint32_t piece : always) groups[piece] = 0;
  CG_CHECK(labels.size() <= kRowGroupsMax);
  return compact(labels, groups);
}

std::vector<bool> groups_of_languages(const RowOrder& order, std::span<const std::string> languages) {
  std::vector<std::string> wanted = {kFirst, kSeen, "Zyyy", "Latn"};
  for (const std::string& language : languages) {
    for (std::string& script : scripts_of(language)) wanted.push_back(std::move(script));
  }
  std::vector<bool> needed;
  for (const std::string& label : order.labels) {
    needed.push_back(std::find(wanted.begin(), wanted.end(), label) != wanted.end());
  }
  return needed;
}

}  // namespace crossglot

#include "build/model/row_order.h"

#include <algorithm>
#include <numeric>

#include "embed/pack_rows.h"
#include "text/language.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr const char* kFirst = "first";
constexpr const char* kSeen = "seen";
constexpr std::size_t kLanguageGroupsMax = 64;  // leaves room among 255 for first, seen and the groups there were

// What has no script of its own: digits, punctuation, symbols, emoji, and scripts that no tokenizer at hand has many
// pieces of. Names are those of ISO 15924; "Hrkt" is Hiragana and Katakana together.
constexpr std::string_view kCommon = "Zyyy";

// Blocks rather than the exact property of each character: a piece in the wrong page costs a request, no answer.
struct ScriptRange {
  char32_t first;
  char32_t last;
  std::string_view script;
};
constexpr ScriptRange kScriptRanges[] = {
    {0x0041, 0x005A, "Latn"},   {0x0061, 0x007A, "Latn"}, {0x00AA, 0x00AA, "Latn"}, {0x00BA, 0x00BA, "Latn"},
    {0x00C0, 0x00D6, "Latn"},   {0x00D8, 0x00F6, "Latn"}, {0x00F8, 0x02AF, "Latn"}, {0x0370, 0x03FF, "Grek"},
    {0x0400, 0x052F, "Cyrl"},   {0x0530, 0x058F, "Armn"}, {0x0590, 0x05FF, "Hebr"}, {0x0600, 0x06FF, "Arab"},
    {0x0750, 0x077F, "Arab"},   {0x08A0, 0x08FF, "Arab"}, {0x0900, 0x097F, "Deva"}, {0x0980, 0x09FF, "Beng"},
    {0x0A00, 0x0A7F, "Guru"},   {0x0A80, 0x0AFF, "Gujr"}, {0x0B00, 0x0B7F, "Orya"}, {0x0B80, 0x0BFF, "Taml"},
    {0x0C00, 0x0C7F, "Telu"},   {0x0C80, 0x0CFF, "Knda"}, {0x0D00, 0x0D7F, "Mlym"}, {0x0D80, 0x0DFF, "Sinh"},
    {0x0E00, 0x0E7F, "Thai"},   {0x0E80, 0x0EFF, "Laoo"}, {0x1000, 0x109F, "Mymr"}, {0x10A0, 0x10FF, "Geor"},
    {0x1100, 0x11FF, "Hang"},   {0x1200, 0x139F, "Ethi"}, {0x1780, 0x17FF, "Khmr"}, {0x1E00, 0x1EFF, "Latn"},
    {0x1F00, 0x1FFF, "Grek"},   {0x2E80, 0x2FDF, "Hani"}, {0x3005, 0x3007, "Hani"}, {0x3040, 0x30FF, "Hrkt"},
    {0x3130, 0x318F, "Hang"},   {0x3400, 0x4DBF, "Hani"}, {0x4E00, 0x9FFF, "Hani"}, {0xA640, 0xA69F, "Cyrl"},
    {0xAC00, 0xD7FF, "Hang"},   {0xF900, 0xFAFF, "Hani"}, {0xFB1D, 0xFB4F, "Hebr"}, {0xFB50, 0xFDFF, "Arab"},
    {0xFE70, 0xFEFC, "Arab"},   {0xFF21, 0xFF3A, "Latn"}, {0xFF41, 0xFF5A, "Latn"}, {0xFF66, 0xFF9D, "Hrkt"},
    {0x20000, 0x3FFFF, "Hani"},
};

// Languages that are not written in Latin letters alone (CLDR's likely scripts).
struct LanguageScripts {
  std::string_view language;
  std::string_view scripts;  // separated by spaces
};
constexpr LanguageScripts kLanguageScripts[] = {
    {"am", "Ethi"},      {"ar", "Arab"},  {"as", "Beng"},      {"be", "Cyrl"},      {"bg", "Cyrl"},
    {"bn", "Beng"},      {"brx", "Deva"}, {"ckb", "Arab"},     {"dgo", "Deva"},     {"el", "Grek"},
    {"fa", "Arab"},      {"gu", "Gujr"},  {"he", "Hebr"},      {"hi", "Deva"},      {"hy", "Armn"},
    {"ja", "Hani Hrkt"}, {"ka", "Geor"},  {"kk", "Cyrl Arab"}, {"km", "Khmr"},      {"kn", "Knda"},
    {"ko", "Hang Hani"}, {"kok", "Deva"}, {"ks", "Arab Deva"}, {"ky", "Cyrl"},      {"lo", "Laoo"},
    {"mai", "Deva"},     {"mk", "Cyrl"},  {"ml", "Mlym"},      {"mn", "Cyrl"},      {"mni", "Beng"},
    {"mr", "Deva"},      {"my", "Mymr"},  {"ne", "Deva"},      {"or", "Orya"},      {"pa", "Guru Arab"},
    {"ps", "Arab"},      {"ru", "Cyrl"},  {"sa", "Deva"},      {"sd", "Arab Deva"}, {"si", "Sinh"},
    {"sr", "Cyrl"},      {"ta", "Taml"},  {"te", "Telu"},      {"tg", "Cyrl"},      {"th", "Thai"},
    {"ti", "Ethi"},      {"tt", "Cyrl"},  {"ug", "Arab"},      {"uk", "Cyrl"},      {"ur", "Arab"},
    {"uz", "Cyrl"},      {"yi", "Hebr"},  {"yue", "Hani"},     {"zh", "Hani"},
};

std::string_view script_of(char32_t c) {
  const auto* range = std::partition_point(std::begin(kScriptRanges), std::end(kScriptRanges),
                                           [&](const ScriptRange& entry) { return entry.last < c; });
  return range != std::end(kScriptRanges) && range->first <= c ? range->script : kCommon;
}

// A piece is of the script of its first character that has one.
std::string_view script_of(std::string_view piece) {
  for (std::size_t at = 0; at < piece.size();) {
    const Decoded decoded = decode_utf8(piece, at);
    at += decoded.size;
    if (decoded.code_point == kInvalidCodePoint) continue;
    if (const std::string_view script = script_of(decoded.code_point); script != kCommon) return script;
  }
  return kCommon;
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

// The scripts of a language, separated by spaces; nothing where it is not known to write in another than Latin.
std::string_view scripts_of(const std::string& language) {
  const std::string primary = primary_language(normalize_language(language));
  for (const LanguageScripts& entry : kLanguageScripts) {
    if (primary == entry.language) return entry.scripts;
  }
  return {};
}

// What a site does with a piece.
struct Use {
  double share = 0;  // of the text, summed over languages
  double most = 0;   // in the language that uses it most
  const std::string* language = nullptr;
};

std::uint64_t total_of(const std::vector<std::uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

// In the order of the map, so that sums of shares are the same everywhere.
std::vector<Use> measure_use(const CountsByLanguage& counts, std::size_t pieces) {
  std::vector<Use> uses(pieces);
  for (const auto& [language, numbers] : counts) {
    CG_CHECK(numbers.size() == pieces);
    const double total = static_cast<double>(total_of(numbers));
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      if (numbers[piece] == 0) continue;
      const double share = static_cast<double>(numbers[piece]) / total;
      uses[piece].share += share;
      if (share <= uses[piece].most) continue;
      uses[piece].most = share;
      uses[piece].language = &language;
    }
  }
  return uses;
}

// Those with most text, by name.
std::vector<std::string> largest_languages(const CountsByLanguage& counts) {
  std::vector<std::pair<std::uint64_t, std::string>> sizes;
  for (const auto& [language, numbers] : counts) sizes.emplace_back(total_of(numbers), language);
  std::sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  if (sizes.size() > kLanguageGroupsMax) sizes.resize(kLanguageGroupsMax);
  std::vector<std::string> languages;
  for (auto& [size, language] : sizes) languages.push_back(std::move(language));
  std::sort(languages.begin(), languages.end());
  return languages;
}

}  // namespace

RowOrder order_by_script(std::span<const std::string> pieces) {
  std::vector<std::string> labels = {std::string(kCommon)};
  for (const ScriptRange& range : kScriptRanges) {
    if (std::find(labels.begin(), labels.end(), range.script) == labels.end()) labels.emplace_back(range.script);
  }
  std::vector<std::size_t> groups;
  groups.reserve(pieces.size());
  for (const std::string& piece : pieces) {
    const auto label = std::find(labels.begin(), labels.end(), script_of(std::string_view(piece)));
    groups.push_back(static_cast<std::size_t>(label - labels.begin()));
  }
  return compact(labels, groups);
}

RowOrder order_by_use(const RowOrder& order, const CountsByLanguage& counts, std::span<const std::uint32_t> always,
                      std::size_t first_rows) {
  const std::vector<Use> uses = measure_use(counts, order.group_of_piece.size());
  std::vector<std::uint32_t> used;
  for (std::uint32_t piece = 0; piece < uses.size(); ++piece) {
    if (uses[piece].share > 0) used.push_back(piece);
  }
  std::sort(used.begin(), used.end(), [&](std::uint32_t a, std::uint32_t b) {
    return uses[a].share != uses[b].share ? uses[a].share > uses[b].share : a < b;
  });
  std::vector<std::string> labels = {kFirst};
  for (const std::string& language : largest_languages(counts)) labels.push_back(language);
  labels.emplace_back(kSeen);
  const auto number_of = [&](const std::string& label) {  // groups of the same name stay one, whoever made them
    const auto at = std::find(labels.begin(), labels.end(), label);
    const auto number = static_cast<std::size_t>(at - labels.begin());
    if (at == labels.end()) labels.push_back(label);
    return number;
  };
  const std::size_t seen = number_of(kSeen);
  std::vector<std::size_t> renumber;
  for (const std::string& label : order.labels) renumber.push_back(number_of(label));
  std::vector<std::size_t> groups;
  groups.reserve(order.group_of_piece.size());
  for (const std::uint8_t group : order.group_of_piece) groups.push_back(renumber[group]);
  for (std::size_t i = 0; i < used.size(); ++i) {
    const auto at = std::find(labels.begin() + 1, labels.end(), *uses[used[i]].language);
    const bool own = i >= first_rows && at != labels.end();
    groups[used[i]] = i < first_rows ? 0 : own ? static_cast<std::size_t>(at - labels.begin()) : seen;
  }
  for (const std::uint32_t piece : always) groups[piece] = 0;
  return compact(labels, groups);
}

std::vector<bool> groups_of_languages(const RowOrder& order, std::span<const std::string> languages) {
  std::string wanted = "Zyyy Latn";
  for (const std::string& language : languages) (wanted += ' ') += scripts_of(language);
  std::vector<bool> needed;
  for (const std::string& label : order.labels) {
    const bool script = std::any_of(std::begin(kScriptRanges), std::end(kScriptRanges),
                                    [&](const ScriptRange& range) { return range.script == label; });
    needed.push_back(!script || wanted.find(label) != std::string::npos);
  }
  return needed;
}

}  // namespace crossglot

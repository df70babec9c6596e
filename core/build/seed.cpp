#include "build/seed.h"

#include <algorithm>
#include <set>

#include "text/language.h"

namespace crossglot {
namespace {

// "word 12 other 3" -> pairs; false when it is anything else.
bool read_translations(std::string_view text, SeedTranslations& translations) {
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space == 0) return false;
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space + 1);
    const std::string_view digits = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), digits.size() + 1));
    unsigned percent = 0;
    if (digits.empty() || digits.size() > 3) return false;
    for (const char c : digits) {
      if (c < '0' || c > '9') return false;
      percent = percent * 10 + static_cast<unsigned>(c - '0');
    }
    if (percent == 0 || percent > 100) return false;
    translations.emplace_back(word, percent / 100.0);
  }
  return !translations.empty();
}

// Chinese in traditional characters, whose words are other ones for whoever compares bytes.
bool writes_hant(std::string_view lang) {
  if (primary_language(lang) != "zh") return false;
  for (const std::string_view sign : {"-Hant", "-TW", "-HK", "-MO"}) {
    if (lang.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

void sort_translations(SeedTranslations& translations) {
  std::sort(translations.begin(), translations.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
}

}  // namespace

Status Seed::read(std::string_view text, const std::string& file) {
  const auto wrong = [&](std::size_t number, const char* what) {
    return make_error(ErrorCode::kInput, file + ":" + std::to_string(number) + ": " + what);
  };
  if (!text.starts_with(kSeedHead)) return wrong(1, "not a seed table of this version");
  SeedTable* table = nullptr;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("@ ")) {
      const std::string_view pair = line.substr(2);
      const std::size_t space = pair.find(' ');
      const std::string from = normalize_language(pair.substr(0, space));
      const std::string to = space == std::string_view::npos ? "" : normalize_language(pair.substr(space + 1));
      if (from.empty() || to.empty()) return wrong(number, "a line of languages is `@ from to`");
      table = &tables_[{from, to}];
      continue;
    }
    const std::size_t tab = line.find('\t');
    SeedTranslations translations;
    if (table == nullptr || tab == std::string_view::npos || tab == 0 ||
        !read_translations(line.substr(tab + 1), translations)) {
      return wrong(number, "a line is `stem <tab> stem per cent stem per cent ...` below a line `@ from to`");
    }
    sort_translations(translations);
    table->emplace(line.substr(0, tab), std::move(translations));
  }
  return ok_status();
}

const std::pair<const Seed::Languages, SeedTable>* Seed::find_entry(std::string_view from,
                                                                    std::string_view to) const {
  const auto exact = tables_.find({std::string(from), std::string(to)});
  if (exact != tables_.end()) return &*exact;
  const std::pair<const Languages, SeedTable>* related = nullptr;
  for (const auto& entry : tables_) {
    const Languages& pair = entry.first;
    if (primary_language(pair.first) != primary_language(from)) continue;
    if (primary_language(pair.second) != primary_language(to)) continue;
    const bool same_script =
        writes_hant(pair.first) == writes_hant(from) && writes_hant(pair.second) == writes_hant(to);
    if (same_script) return &entry;
    if (related == nullptr) related = &entry;
  }
  return related;
}

const SeedTable* Seed::find(std::string_view from, std::string_view to) const {
  const auto* entry = find_entry(from, to);
  return entry == nullptr ? nullptr : &entry->second;
}

std::vector<std::string> Seed::sources_of(std::string_view to) const {
  std::vector<std::string> sources;
  for (const auto& [pair, table] : tables_) {
    if (primary_language(pair.second) != primary_language(to)) continue;
    if (sources.empty() || sources.back() != pair.first) sources.push_back(pair.first);
  }
  return sources;
}

SeedReaders Seed::keep_for(std::span<const std::string> readers, std::span<const std::string> site) {
  std::set<std::string> asked(readers.begin(), readers.end());
  if (asked.empty()) {
    for (const auto& [pair, table] : tables_) asked.insert(pair.first);
  }
  SeedReaders found;
  std::set<Languages> kept;
  for (const std::string& reader : asked) {
    const auto related = [&](const std::string& it) { return primary_language(it) == primary_language(reader); };
    if (std::any_of(site.begin(), site.end(), related)) continue;
    bool has_table = false;
    for (const std::string& target : site) {
      const auto* entry = find_entry(reader, target);
      if (entry == nullptr) continue;
      kept.insert(entry->first);
      has_table = true;
    }
    (has_table ? found.with : found.without).push_back(reader);
  }
  std::erase_if(tables_, [&](const auto& entry) { return !kept.contains(entry.first); });
  return found;
}

SeedTranslations blend(const SeedTranslations& own, const SeedTranslations& seed, double probability_min,
                       std::size_t translations_max) {
  const double doubt = own.empty() ? 1 : 1 - own.front().second;
  const double share = doubt * doubt;
  SeedTranslations mixed;
  for (const auto& [word, probability] : own) mixed.emplace_back(word, probability * (1 - share));
  for (const auto& [word, probability] : seed) {
    const auto known = std::find_if(mixed.begin(), mixed.end(), [&](const auto& it) { return it.first == word; });
    if (known == mixed.end()) {
      mixed.emplace_back(word, probability * share);
    } else {
      known->second += probability * share;
    }
  }
  sort_translations(mixed);
  std::erase_if(mixed, [&](const auto& it) { return it.second < probability_min; });
  if (mixed.size() > translations_max) mixed.resize(translations_max);
  return mixed;
}

std::string seed_lines(std::string_view from, std::string_view to, const SeedTable& table) {
  std::string text;
  for (const auto& [source, translations] : table) {
    std::string line;
    for (const auto& [target, probability] : translations) {
      const auto percent = static_cast<int>(probability * 100 + 0.5);
      if (percent == 0) continue;
      line += (line.empty() ? "\t" : " ") + target + " " + std::to_string(std::min(percent, 100));
    }
    if (!line.empty()) text += source + line + "\n";
  }
  if (text.empty()) return "";
  return "@ " + std::string(from) + " " + std::string(to) + "\n" + text;
}

}  // namespace crossglot

#include "build/grouping.h"

#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "text/language.h"

namespace crossglot {
namespace {

std::string_view without_origin(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  const std::size_t path = url.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : url.substr(path);
}

bool names_language(std::string_view piece, std::string_view lang) {
  if (piece.size() < 2 || piece.size() > 11) return false;
  const std::string tag = normalize_language(piece);
  return !tag.empty() && primary_language(tag) == primary_language(lang);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string_view>& pieces, char separator, std::size_t left_out) {
  std::string text;
  bool first = true;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == left_out) continue;
    if (!first) text.push_back(separator);
    text += pieces[i];
    first = false;
  }
  return text;
}

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  // The lower number becomes the root: the first page of a group names it.
  void unite(std::uint32_t a, std::uint32_t b) {
    a = find(a), b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// hreflang that leads nowhere is common (a translation that is not published yet), so that one sentence tells all.
void warn_of_lost(const std::string& first, std::size_t count, std::vector<std::string>& warnings) {
  if (count == 0) return;
  warnings.push_back(
      first + " is not among the pages" +
      (count > 1 ? ", and neither are " + std::to_string(count - 1) + " other translations that pages name" : ""));
}

DisjointSets relate(const std::vector<const SegmentPage*>& pages, std::vector<std::string>& warnings) {
  DisjointSets sets(pages.size());
  std::unordered_map<std::string_view, std::uint32_t> by_path;
  for (std::uint32_t i = 0; i < pages.size(); ++i) by_path.emplace(without_origin(pages[i]->text.url), i);

  std::unordered_map<std::string, std::uint32_t> by_group;
  std::vector<bool> placed(pages.size(), false);
  for (std::uint32_t i = 0; i < pages.size(); ++i) {
    if (pages[i]->text.group.empty()) continue;
    placed[i] = true;
    sets.unite(by_group.emplace(std::string(pages[i]->text.group), i).first->second, i);
  }
  std::string first_lost;
  std::size_t lost = 0;
  for (std::uint32_t i = 0; i < pages.size(); ++i) {
    if (!pages[i]->text.group.empty()) continue;
    for (const auto& [lang, url] : pages[i]->alternates) {
      const auto other = by_path.find(without_origin(url));
      if (other == by_path.end() && lost++ == 0) {
        first_lost = std::string(url) + ", a translation of " + std::string(pages[i]->text.url) + ",";
      }
      if (other == by_path.end() || other->second == i || !pages[other->second]->text.group.empty()) continue;
      sets.unite(i, other->second);
      placed[i] = placed[other->second] = true;
    }
  }
  warn_of_lost(first_lost, lost, warnings);
  // A page that nothing placed joins the first page of its path, however that one was placed.
  std::unordered_map<std::string, std::uint32_t> by_key;
  for (std::uint32_t i = 0; i < pages.size(); ++i) {
    const std::string key = language_free_path(pages[i]->text.url, pages[i]->text.lang);
    const auto [entry, is_new] = by_key.emplace(key, i);
    if (!is_new && (!placed[i] || !placed[entry->second])) sets.unite(entry->second, i);
  }
  return sets;
}

std::string unique_name(const SegmentPage& page, std::set<std::string>& taken) {
  std::string name(page.text.group);
  if (name.empty()) name = language_free_path(page.text.url, page.text.lang);
  for (std::size_t i = 1; !taken.insert(name).second; ++i) {
    name = std::string(page.text.url) + (i == 1 ? "" : " (" + std::to_string(i) + ")");
  }
  return name;
}

}  // namespace

std::string language_free_path(std::string_view url, std::string_view lang) {
  std::string_view path = without_origin(url);
  while (path.starts_with('/')) path.remove_prefix(1);
  std::vector<std::string_view> pieces = split(path, '/');
  std::size_t left_out = pieces.size();
  for (std::size_t i = 0; i + 1 < pieces.size() && left_out == pieces.size(); ++i) {
    if (names_language(pieces[i], lang)) left_out = i;
  }
  std::string file;
  if (left_out == pieces.size()) {  // "guide.fr.html"
    const std::vector<std::string_view> dotted = split(pieces.back(), '.');
    for (std::size_t i = 1; i < dotted.size(); ++i) {
      if (!names_language(dotted[i], lang)) continue;
      file = join(dotted, '.', i);
      pieces.back() = file;
      break;
    }
  }
  const std::string key = join(pieces, '/', left_out);
  return key.empty() ? "/" : key;
}

Grouping group_pages(const std::vector<const SegmentPage*>& pages, std::vector<std::string>& warnings) {
  DisjointSets sets = relate(pages, warnings);
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> claimed;  // set, language -> page
  std::vector<std::uint32_t> number_of_root(pages.size(), UINT32_MAX);
  std::vector<const SegmentPage*> first_pages;
  Grouping grouping;
  grouping.group_of.resize(pages.size());
  for (std::uint32_t i = 0; i < pages.size(); ++i) {
    const std::uint32_t root = sets.find(i);
    const auto [entry, is_first] = claimed.emplace(std::pair(root, pages[i]->text.lang), i);
    if (!is_first) {
      warnings.push_back(std::string(pages[entry->second]->text.url) + " and " + std::string(pages[i]->text.url) +
                         " both claim to be one page in " + std::string(pages[i]->text.lang) +
                         "; the second one stands alone");
    }
    if (!is_first || number_of_root[root] == UINT32_MAX) {
      const auto number = static_cast<std::uint32_t>(first_pages.size());
      if (is_first) number_of_root[root] = number;
      first_pages.push_back(pages[i]);
      grouping.group_of[i] = number;
    } else {
      grouping.group_of[i] = number_of_root[root];
    }
  }
  std::set<std::string> taken;
  for (const SegmentPage* page : first_pages) grouping.names.push_back(unique_name(*page, taken));
  return grouping;
}

}  // namespace crossglot

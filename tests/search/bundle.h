// search/bundle.h - a bundle built in memory from a few documents, and an index that is fed from it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "build/vector_source.h"
#include "search/index.h"
#include "text/stemmer.h"

namespace crossglot::test {

struct Section {
  std::string heading;
  std::string text;
  std::string anchor = {};
  std::string code = {};
};

struct Page {
  std::string url;
  std::string title;
  std::vector<Section> sections;
  std::string lang = "en";
  std::string group = {};
  double weight = 1.0;
  std::vector<std::pair<std::string, std::string>> filters = {};
};

// A page of one section under its title.
Page page(std::string url, std::string title, std::string text, std::string lang = "en");

class Bundle {
 public:
  // vectors: borrowed while it is built; null: words alone.
  explicit Bundle(const std::vector<Page>& pages, const VectorSource* vectors = nullptr);

  // An index with all lists added and no file attached.
  Index open() const;
  // Attaches what the request needs until it needs nothing; returns the number of rounds.
  std::size_t feed(Index& index, const SearchRequest& request) const;
  SearchResponse search(const SearchRequest& request) const;
  SearchResponse search(std::string_view query, std::string_view lang = "en") const;

  // Inflated files by name, without the lists.
  const std::map<std::string, Bytes>& files() const { return files_; }
  const std::vector<Bytes>& lists() const { return lists_; }
  const Bytes& vectors() const { return vectors_; }
  Stemmer& stemmer() const { return *stemmer_; }

 private:
  std::unique_ptr<Stemmer> stemmer_;
  std::vector<Bytes> lists_;
  Bytes vectors_;  // the list of vectors, where there is one
  std::map<std::string, Bytes> files_;
};

SearchRequest request(std::string_view query, std::string_view lang = "en");

// Files that would complete the answer.
std::vector<std::string> needs(Index& index, const SearchRequest& request);
// Addresses of the rows, separated by spaces.
std::string urls(const SearchResponse& response);
// A text with its marked ranges in [brackets].
std::string bracketed(std::string_view text, const std::vector<Mark>& marks);
// A site too large for one file a language: `pages` pages of invented words, with `extra` behind them.
std::vector<Page> large_site(std::size_t pages, std::vector<Page> extra);

}  // namespace crossglot::test

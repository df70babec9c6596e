// Documents in, bundle out, and what the bundle says through the core's own readers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "build/builder.h"
#include "format/list.h"
#include "format/page_shard.h"
#include "format/position_shard.h"
#include "format/term_shard.h"

namespace crossglot::test {

// One segment for each text; threads for the builder.
std::vector<BundleFile> build(const std::vector<std::string>& texts, unsigned threads = 1,
                              BuildReport* report = nullptr);

// A page as a line. sections: text of each, the first one the lead.
std::string line(std::string_view url, std::string_view lang, std::string_view title,
                 const std::vector<std::string>& sections, std::string_view group = "");

// A language of a bundle, opened: every file checked against its hash.
class Opened {
 public:
  Opened(const std::vector<BundleFile>& files, std::string_view lang);

  ByteSpan bytes(const Part& part) const;
  // Pages in the list's order, by url.
  std::vector<std::string> urls() const;
  struct Found {
    std::string url;
    std::uint32_t section_of_page;
    std::uint8_t code;
    std::vector<std::uint32_t> positions;
  };
  // Postings of a surface, in order; empty when there is none.
  std::vector<Found> find(std::string_view surface) const;
  // The term itself, and its group's stem.
  const Term* term(std::string_view surface, std::string* stem = nullptr) const;

  List list;

 private:
  std::map<std::string, Bytes> files_;
  std::vector<TermShard> terms_;
  std::vector<PageShard> pages_;
};

// Text of about `words` words, the same for the same seed.
std::string babble(std::uint32_t seed, std::size_t words);

}  // namespace crossglot::test

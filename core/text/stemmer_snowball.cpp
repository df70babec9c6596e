// All of libstemmer behind the Stemmer interface. A Snowball environment holds the buffer of its last stem, so each
// algorithm gets one at its first use and keeps it.
#include <libstemmer.h>

#include <map>

#include "text/stemmer.h"

namespace crossglot {
namespace {

class SnowballStemmer final : public Stemmer {
 public:
  bool stem(std::string_view algorithm, std::string_view word, std::string& stem) override {
    sb_stemmer* stemmer = find(algorithm);
    if (stemmer == nullptr) return false;
    const auto* symbols = reinterpret_cast<const sb_symbol*>(word.data());
    const sb_symbol* stemmed = sb_stemmer_stem(stemmer, symbols, static_cast<int>(word.size()));
    if (stemmed == nullptr) return false;
    stem.assign(reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer)));
    return true;
  }

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };

  sb_stemmer* find(std::string_view algorithm) {
    const auto known = stemmers_.find(algorithm);
    if (known != stemmers_.end()) return known->second.get();
    const std::string name(algorithm);
    return stemmers_.emplace(name, sb_stemmer_new(name.c_str(), "UTF_8")).first->second.get();
  }

  std::map<std::string, std::unique_ptr<sb_stemmer, Deleter>, std::less<>> stemmers_;
};

}  // namespace

std::unique_ptr<Stemmer> make_snowball_stemmer() {
  return std::make_unique<SnowballStemmer>();
}

}  // namespace crossglot

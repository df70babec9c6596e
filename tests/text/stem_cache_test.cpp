#include "text/stem_cache.h"

#include <catch_amalgamated.hpp>
#include <string>

namespace crossglot::test {
namespace {

// Cuts one letter off, once it is there.
class LateStemmer final : public Stemmer {
 public:
  bool stem(std::string_view, std::string_view word, std::string& stem) override {
    ++asked;
    if (!loaded) return false;
    stem.assign(word.substr(0, word.size() - 1));
    return true;
  }

  bool loaded = false;
  int asked = 0;
};

TEST_CASE("a word is stemmed again when its stemmer was not there yet") {
  LateStemmer stemmer;
  StemCache stems("fr", &stemmer);
  CHECK(stems.stem("voitures") == "voitures");
  stemmer.loaded = true;
  CHECK(stems.stem("voitures") == "voiture");
  CHECK(stems.stem("voitures") == "voiture");
  CHECK(stemmer.asked == 2);
}

}  // namespace
}  // namespace crossglot::test

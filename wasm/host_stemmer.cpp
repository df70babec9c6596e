#include <cstdint>
#include <string>

#include "abi_stemmer.h"

#if defined(__EMSCRIPTEN__)
#  define CG_IMPORT __attribute__((import_module("env"), import_name("cg_host_stem")))
#else
#  define CG_IMPORT
#endif

// What a host supplies. Writes the stem of word[0, word_size) to out[0, out_capacity) and returns its length;
// -1 when it has no such algorithm at hand or the stem does not fit.
extern "C" CG_IMPORT std::int32_t cg_host_stem(const char* algorithm, std::size_t algorithm_size, const char* word,
                                               std::size_t word_size, char* out, std::size_t out_capacity);

namespace crossglot {
namespace {

class HostStemmer final : public Stemmer {
 public:
  bool stem(std::string_view algorithm, std::string_view word, std::string& stem) override {
    // Snowball shortens or keeps words, but for a few that gain a letter: room for any token and some more.
    char buffer[256];
    const std::int32_t size =
        cg_host_stem(algorithm.data(), algorithm.size(), word.data(), word.size(), buffer, sizeof buffer);
    if (size < 0 || static_cast<std::size_t>(size) > sizeof buffer) return false;
    stem.assign(buffer, static_cast<std::size_t>(size));
    return true;
  }
};

}  // namespace

std::unique_ptr<Stemmer> make_abi_stemmer() {
  return std::make_unique<HostStemmer>();
}

}  // namespace crossglot

#include "text/stem_cache.h"

#include <cstdint>

#include "base/hash.h"
#include "text/hangul.h"
#include "text/language.h"
#include "text/normalize.h"
#include "text/utf8.h"

namespace crossglot {
namespace {

// A query needs a few slots; a builder's run over a language grows the table to its last size.
constexpr std::size_t kSlotsFirst = 256;
constexpr std::size_t kSlotsMax = 32768;
// Snowball's rules are made for words; "les" and "API" are better left alone.
constexpr std::size_t kStemmedCharactersMin = 4;

std::uint32_t hash(std::string_view text) {  // it places slots and reaches no output
  const std::uint32_t h = fnv1a(text);
  return h ^ h >> 15;
}

// What the stem is made from.
struct Shape {
  std::size_t characters = 0;
  Script script = Script::kCommon;  // of the first letter
  bool letters = false;
  bool others = false;  // digits, and symbols that belong to a name: C++, F#
};

// Copies the surface without separators to `key`, but for those between digits and the symbols at the end.
Shape strip_separators(std::string_view surface, std::string& key) {
  Shape shape;
  key.clear();
  std::size_t symbols = surface.size();
  while (symbols > 0 && (surface[symbols - 1] == '+' || surface[symbols - 1] == '#')) --symbols;
  bool after_digit = false;
  for (std::size_t i = 0; i < surface.size();) {
    const Decoded decoded = decode_utf8(surface, i);
    const CodePointProperties p = properties(decoded.code_point);
    const std::size_t next = i + decoded.size;
    const bool digit = p.word_break == WordBreak::kNumeric;
    const bool letter = !digit && (p.script != Script::kCommon || p.word_break == WordBreak::kALetter);
    const bool mark = p.word_break == WordBreak::kExtend;
    bool keep = digit || letter || mark || i >= symbols || decoded.code_point == 0xB7;
    if (!keep && after_digit && (surface[i] == '.' || surface[i] == ',') && next < surface.size()) {
      keep = properties(decode_utf8(surface, next).code_point).word_break == WordBreak::kNumeric;
    }
    if (keep) {
      key.append(surface.substr(i, decoded.size));
      ++shape.characters;
    }
    if (letter && !shape.letters) shape.script = p.script;
    shape.letters = shape.letters || letter;
    shape.others = shape.others || digit || i >= symbols;
    after_digit = digit;
    i = next;
  }
  return shape;
}

}  // namespace

StemCache::StemCache(std::string_view language, Stemmer* stemmer) : stemmer_(stemmer), slots_(kSlotsFirst) {
  for (std::size_t script = 0; script < kScriptCount; ++script) {
    algorithms_[script] = stemmer_algorithm_for(language, static_cast<Script>(script));
  }
}

const std::string& StemCache::stem(std::string_view surface) {
  const std::uint32_t h = hash(surface);
  Slot& first = slots_[h & (slots_.size() - 1)];
  if (first.surface == surface) return first.stem;
  Slot& second = slots_[(h >> 16 ^ h * 31) & (slots_.size() - 1)];
  if (second.surface == surface) return second.stem;
  if (++misses_ > slots_.size() && slots_.size() < kSlotsMax) {
    grow();
    return stem(surface);
  }
  Slot& slot = first.surface.empty() ? first : second;
  slot.surface.assign(surface);
  // An algorithm that the host is still loading is asked again.
  if (!compute(slot.surface, slot.stem)) slot.surface.clear();
  return slot.stem;
}

void StemCache::grow() {
  const std::size_t size = slots_.size() * 4;
  slots_.clear();
  slots_.resize(size);
  misses_ = 0;
}

bool StemCache::compute(std::string_view surface, std::string& stem) {
  const Shape shape = strip_separators(surface, key_);
  stem.clear();
  if (!shape.letters) {
    fold_accents(surface, stem);
    return true;
  }
  if (shape.script == Script::kHangul && !shape.others) {
    stem.assign(hangul_stem(key_));
    return true;
  }
  const std::string_view algorithm = algorithms_[static_cast<std::size_t>(shape.script)];
  const bool wanted =
      stemmer_ != nullptr && !algorithm.empty() && !shape.others && shape.characters >= kStemmedCharactersMin;
  const bool stemmed = wanted && stemmer_->stem(algorithm, key_, stemmed_);
  // Some algorithms leave nothing of a short word.
  fold_accents(stemmed && !stemmed_.empty() ? stemmed_ : key_, stem);
  return stemmed || !wanted;
}

}  // namespace crossglot

// The trie against a plain set of strings.
#include "text/piece_trie.h"

#include <catch_amalgamated.hpp>
#include <map>
#include <random>
#include <string>

using namespace crossglot;

namespace {

PieceTrie make_trie(const std::map<std::string, std::uint32_t>& strings) {
  Bytes shared, sizes, suffixes;
  std::vector<Piece> pieces;
  std::string before;
  for (const auto& [text, id] : strings) {
    std::size_t same = 0;
    while (same < text.size() && same < before.size() && text[same] == before[same]) ++same;
    shared.push_back(static_cast<std::uint8_t>(same));
    sizes.push_back(static_cast<std::uint8_t>(text.size() - same));
    suffixes.insert(suffixes.end(), text.begin() + static_cast<std::ptrdiff_t>(same), text.end());
    pieces.push_back({id, 0});
    before = text;
  }
  Result<PieceTrie> trie = PieceTrie::create(shared, sizes, suffixes, pieces);
  REQUIRE(trie.ok());
  return std::move(*trie);
}

std::uint32_t find(const PieceTrie& trie, const std::string& text) {
  const PieceTrie::Node node = trie.walk(PieceTrie::kRoot, text);
  const Piece* const piece = node == PieceTrie::kNone ? nullptr : trie.piece(node);
  return piece == nullptr ? 0 : piece->id;
}

}  // namespace

TEST_CASE("Every string is found and no other: few and many children, long and short, bytes of all values") {
  std::mt19937 random(1);
  for (const unsigned alphabet : {2u, 5u, 40u, 256u}) {
    std::map<std::string, std::uint32_t> strings;
    for (std::uint32_t id = 1; id < 3000; ++id) {
      std::string text(1 + random() % 6, '\0');
      for (char& c : text) c = static_cast<char>(random() % alphabet * (255 / alphabet));
      strings.emplace(text, id);
    }
    strings.emplace(std::string(kPieceBytesMax, 'z'), 4000);
    const PieceTrie trie = make_trie(strings);
    for (const auto& [text, id] : strings) {
      if (find(trie, text) != id) FAIL("alphabet " << alphabet << ", id " << id);
      for (const std::string& other : {text.substr(0, text.size() - 1), text + '\0', text + text}) {
        const auto known = strings.find(other);
        if (find(trie, other) != (known == strings.end() ? 0 : known->second)) FAIL("alphabet " << alphabet);
      }
    }
  }
}

TEST_CASE("A trie of nothing finds nothing") {
  const PieceTrie trie = make_trie({});
  CHECK(find(trie, "a") == 0);
  CHECK(find(trie, "") == 0);
}

TEST_CASE("Streams that do not fit one another are corrupt") {
  const auto code = [](const Bytes& shared, const Bytes& sizes, const Bytes& suffixes, std::size_t count) {
    const Result<PieceTrie> trie = PieceTrie::create(shared, sizes, suffixes, std::vector<Piece>(count));
    return trie ? ErrorCode::kOk : trie.error().code;
  };
  CHECK(code({0, 1}, {1, 1}, {'a', 'b'}, 2) == ErrorCode::kOk);
  CHECK(code({0, 1}, {1, 1}, {'a', 'b'}, 3) == ErrorCode::kCorrupt);
  CHECK(code({0, 1}, {1}, {'a', 'b'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 1}, {1, 1}, {'a'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 1}, {1, 1}, {'a', 'b', 'c'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 2}, {1, 1}, {'a', 'b'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 0}, {1, 1}, {'b', 'a'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 0}, {1, 1}, {'a', 'a'}, 2) == ErrorCode::kCorrupt);
  CHECK(code({0, 0}, {1, 2}, {'a', 'a', 'b'}, 2) == ErrorCode::kCorrupt);  // shares an "a" that it does not say
  Bytes long_suffix(256, 'a');
  CHECK(code({0, 200}, {200, 56}, long_suffix, 2) == ErrorCode::kCorrupt);
}

// Both kinds of tokenizers on small vocabularies, and what create() and the builder refuse.
#include "text/tokenizer.h"

#include "base/sha256.h"
#include "text/tokenizer_fixture.h"

using namespace crossglot;

namespace {

using Ids = std::vector<std::uint32_t>;

constexpr std::uint32_t kUnknown = 0;

// 4 ▁  5 ▁a  6 a  7 b  8 ab  9 bc  10 c  11 ▁abc  12 é
TokenizerPieces letters() {
  return small_pieces(TokenizerKind::kUnigram, {{"▁", -3.0f},
                                                {"▁a", -2.5f},
                                                {"a", -4.0f},
                                                {"b", -4.0f},
                                                {"ab", -5.0f},
                                                {"bc", -5.0f},
                                                {"c", -4.0f},
                                                {"▁abc", -12.0f},
                                                {"é", -6.0f}});
}

// 4 un  5 ##aff  6 ##able  7 !  8 run  9 ##a  10 ##affa  11 e
TokenizerPieces words() {
  return small_pieces(
      TokenizerKind::kWordPiece,
      {{"un", 0}, {"##aff", 0}, {"##able", 0}, {"!", 0}, {"run", 0}, {"##a", 0}, {"##affa", 0}, {"e", 0}});
}

ErrorCode code_of(const Bytes& bytes) {
  const Result<Tokenizer> tokenizer = Tokenizer::create(bytes);
  return tokenizer ? ErrorCode::kOk : tokenizer.error().code;
}

std::string refusal(const TokenizerPieces& pieces) {
  const Result<Bytes> bytes = build_tokenizer(pieces);
  if (bytes) return {};
  CHECK(bytes.error().code == ErrorCode::kInput);
  return bytes.error().message;
}

}  // namespace

TEST_CASE("The best sum of scores wins, not the longest piece") {
  const Tokenizer tokenizer = make_tokenizer(letters());
  CHECK(ids_of(tokenizer, "abc") == Ids{5, 9});  // -2.5 - 5.0; "▁abc" alone is -12
  CHECK(ids_of(tokenizer, "b c") == Ids{4, 7, 4, 10});
  CHECK(ids_of(tokenizer, "ＡＢ") == Ids{4, kUnknown});
  CHECK(ids_of(tokenizer, "").empty());
  CHECK(ids_of(tokenizer, "  ").empty());
}

TEST_CASE("Of equal sums the one whose last piece begins earlier wins, as in sentencepiece") {
  const Tokenizer tokenizer = make_tokenizer(
      small_pieces(TokenizerKind::kUnigram, {{"▁", -1.0f}, {"a", -2.0f}, {"aa", -4.0f}, {"aaa", -6.0f}}));
  // ▁|aa is offered before ▁|a|a, ▁|aaa before ▁|aa|a.
  CHECK(ids_of(tokenizer, "aa") == Ids{4, 6});
  CHECK(ids_of(tokenizer, "aaa") == Ids{4, 7});
}

TEST_CASE("Sums are of float32: what a long text has added up decides a tie") {
  const TokenizerPieces pieces =
      small_pieces(TokenizerKind::kUnigram, {{"▁", -1.0f}, {"x", -1000.0f}, {"a", -1.0f}, {"aa", -2.00001f}});
  const Tokenizer tokenizer = make_tokenizer(pieces);
  CHECK(ids_of(tokenizer, "aa") == Ids{4, 6, 6});  // -2 beats -2.00001
  // After -20,000 both are the same float32, and the earlier offer stays.
  const Ids ids = ids_of(tokenizer, std::string(20, 'x') + "aa");
  CHECK(ids.back() == 7);
  CHECK(ids.size() == 22);
}

TEST_CASE("Below -100,000 sums begin anew, and a difference that was rounded away counts again") {
  const Tokenizer tokenizer = make_tokenizer(
      small_pieces(TokenizerKind::kUnigram, {{"▁", -1.0f}, {"x", -1000.0f}, {"a", -1.0f}, {"aa", -2.00001f}}));
  CHECK(ids_of(tokenizer, std::string(99, 'x') + "aa").back() == 7);
  const Ids ids = ids_of(tokenizer, std::string(100, 'x') + "aa");
  CHECK(ids.size() == 103);
  CHECK(ids.back() == 6);
}

TEST_CASE("Neighbours that no piece covers are one unknown piece, across words too when no piece is between") {
  const Tokenizer tokenizer = make_tokenizer(letters());
  CHECK(ids_of(tokenizer, "xyz") == Ids{4, kUnknown});
  CHECK(ids_of(tokenizer, "a😀漢b") == Ids{5, kUnknown, 7});
  const Tokenizer no_space = make_tokenizer(small_pieces(TokenizerKind::kUnigram, {{"a", -1.0f}}));
  CHECK(ids_of(no_space, "x y a") == Ids{kUnknown, 4});
}

TEST_CASE("A piece is preferred to an unknown character even where it costs more than it") {
  const Tokenizer tokenizer =
      make_tokenizer(small_pieces(TokenizerKind::kUnigram, {{"▁", -1.0f}, {"a", -30.0f}, {"ab", -1.0f}}));
  CHECK(ids_of(tokenizer, "a") == Ids{4, 5});
  CHECK(ids_of(tokenizer, "ab") == Ids{4, 6});
}

TEST_CASE("Pieces that go on behind a space make the whole text one word") {
  const Tokenizer tokenizer = make_tokenizer(
      small_pieces(TokenizerKind::kUnigram, {{"▁", -1.0f}, {"▁a", -2.0f}, {"b", -3.0f}, {"▁a▁b", -3.0f}}));
  CHECK(ids_of(tokenizer, "a b a") == Ids{7, 5});
  CHECK(ids_of(tokenizer, "a a b") == Ids{5, 7});
}

TEST_CASE("WordPiece takes the longest piece, and a word that cannot be spelled is unknown as a whole") {
  const Tokenizer tokenizer = make_tokenizer(words());
  CHECK(ids_of(tokenizer, "unable UN!") == Ids{4, 6, 4, 7});
  CHECK(ids_of(tokenizer, "unaffable") == Ids{kUnknown});  // ##affa is longer than ##aff, and ##ble is not there
  CHECK(ids_of(tokenizer, "runaff é") == Ids{8, 5, 11});
  CHECK(ids_of(tokenizer, "able xx yy") == Ids{kUnknown, kUnknown, kUnknown});
  CHECK(ids_of(tokenizer, "").empty());
}

TEST_CASE("A word longer than the limit is unknown") {
  TokenizerPieces pieces = words();
  const std::string a_hundred = "un" + std::string(98, 'a');
  CHECK(ids_of(make_tokenizer(pieces), a_hundred).size() == 99);
  CHECK(ids_of(make_tokenizer(pieces), a_hundred + "a") == Ids{kUnknown});
  pieces.bert.word_characters_max = 2;
  CHECK(ids_of(make_tokenizer(pieces), "un una") == Ids{4, kUnknown});
}

TEST_CASE("A vocabulary without pieces knows nothing") {
  for (const TokenizerKind kind : {TokenizerKind::kUnigram, TokenizerKind::kWordPiece}) {
    const Tokenizer tokenizer = make_tokenizer(small_pieces(kind, {}));
    CHECK(tokenizer.piece_count() == 4);
    CHECK(ids_of(tokenizer, "a").size() == 1);
    CHECK(tokenizer.find("a") == 4);
  }
}

TEST_CASE("Pieces are found by their spelling, and special ones have none") {
  const Tokenizer tokenizer = make_tokenizer(letters());
  CHECK(tokenizer.kind() == TokenizerKind::kUnigram);
  CHECK(tokenizer.piece_count() == 13);
  CHECK(tokenizer.special().padding == 3);
  CHECK(tokenizer.find("▁abc") == 11);
  CHECK(tokenizer.find("▁ab") == tokenizer.piece_count());
  CHECK(tokenizer.find("") == tokenizer.piece_count());
}

TEST_CASE("A megabyte of one word, of words, of marks and of bytes that are no text is cut without harm") {
  constexpr std::size_t kSize = 1 << 20;
  std::vector<std::string> texts = {
      std::string(kSize, 'a'), std::string(kSize, '\xFF'), std::string(kSize, '\0'), {}, {}};
  while (texts[3].size() < kSize) texts[3] += "ab c\u0301 ";
  while (texts[4].size() < kSize) texts[4] += "\u302E\u1B44\u0301";
  for (const Tokenizer& tokenizer : {make_tokenizer(letters()), make_tokenizer(words())}) {
    for (const std::string& text : texts) {
      for (const std::uint32_t id : ids_of(tokenizer, text)) {
        if (id >= tokenizer.piece_count()) FAIL(id);
      }
    }
  }
  CHECK(ids_of(make_tokenizer(letters()), texts[0]).size() > kSize / 2);
}

TEST_CASE("A workspace that was used for a longer text gives the same ids without growing") {
  const Tokenizer tokenizer = make_tokenizer(letters());
  TokenizerWorkspace workspace;
  Ids ids;
  tokenizer.tokenize("abcabcabc abc abc", workspace, ids);
  const auto* const steps = workspace.steps.data();
  const char* const text = workspace.text.data();
  ids.clear();
  tokenizer.tokenize("abc ab", workspace, ids);
  CHECK(ids == Ids{5, 9, 5, 7});
  CHECK(workspace.steps.data() == steps);
  CHECK(workspace.text.data() == text);
}

TEST_CASE("The bytes are the documented ones") {
  const Bytes bytes =
      tokenizer_bytes(small_pieces(TokenizerKind::kUnigram, {{"ab", -1.0f}, {"a", -2.0f}, {"c", -2.0f}}));
  const Bytes expected = {
      'C',  'G',  'T',  'K',  1,    0,    31, 100, 7, 0, 1, 2, 3,  // header
      3,    0,    1,    0,                                         // shared
      3,    1,    1,    1,                                         // follow
      3,    'a',  'b',  'c',                                       //
      3,    5,    4,    6,                                         // low bytes of ids
      3,    0,    0,    0,                                         //
      3,    0,    0,    0,                                         //
      10,   0x80, 0x80, 0x80, 0xF8, 0x07,                          // 2 * (0xBF800000 - 0x80000000)
      0x80, 0x80, 0x80, 0x08,                                      // 2 * (0xC0000000 - 0xBF800000)
      0,                                                           // the same score
  };
  CHECK(bytes.size() == expected.size());
  CHECK(bytes == expected);
}

TEST_CASE("Bytes that are cut off anywhere, or go on, are corrupt") {
  for (const TokenizerPieces& pieces : {letters(), words()}) {
    Bytes bytes = tokenizer_bytes(pieces);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      if (code_of({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}) != ErrorCode::kCorrupt)
        FAIL(size);
    }
    bytes.push_back(0);
    CHECK(code_of(bytes) == ErrorCode::kCorrupt);
  }
}

TEST_CASE("A newer version is told from broken bytes, and a kind that is not known is refused") {
  Bytes bytes = tokenizer_bytes(letters());
  bytes[4] = kTokenizerVersion + 1;
  CHECK(code_of(bytes) == ErrorCode::kTooNew);
  bytes[4] = 0;
  CHECK(code_of(bytes) == ErrorCode::kCorrupt);
  bytes[4] = kTokenizerVersion;
  bytes[5] = 2;
  CHECK(code_of(bytes) == ErrorCode::kCorrupt);
  bytes[5] = 0;
  bytes[0] = 'X';
  CHECK(code_of(bytes) == ErrorCode::kCorrupt);
}

TEST_CASE("Ids out of range or there twice, strings out of order and scores that are none are corrupt") {
  const Bytes good =
      tokenizer_bytes(small_pieces(TokenizerKind::kUnigram, {{"ab", -1.0f}, {"a", -2.0f}, {"c", -2.0f}}));
  REQUIRE(code_of(good) == ErrorCode::kOk);
  const auto with = [&](std::size_t at, std::uint8_t value) {
    Bytes bytes = good;
    bytes[at] = value;
    return code_of(bytes);
  };
  CHECK(with(8, 6) == ErrorCode::kCorrupt);      // fewer pieces than ids
  CHECK(with(9, 7) == ErrorCode::kCorrupt);      // special id out of range
  CHECK(with(14, 1) == ErrorCode::kCorrupt);     // the first shares with nothing
  CHECK(with(15, 2) == ErrorCode::kCorrupt);     // shares more than there is
  CHECK(with(18, 0) == ErrorCode::kCorrupt);     // empty string
  CHECK(with(24, 'a') == ErrorCode::kCorrupt);   // "c" becomes "a", after "ab"
  CHECK(with(26, 7) == ErrorCode::kCorrupt);     // id out of range
  CHECK(with(26, 4) == ErrorCode::kCorrupt);     // twice
  CHECK(with(26, 2) == ErrorCode::kCorrupt);     // a special one
  CHECK(with(30, 1) == ErrorCode::kCorrupt);     // 261
  CHECK(with(42, 0x3F) == ErrorCode::kCorrupt);  // a score above 0 is no logarithm of a probability
}

TEST_CASE("The builder says which piece it refuses") {
  TokenizerPieces pieces = letters();
  pieces.pieces[9] = "ab";
  CHECK(refusal(pieces) == "piece 9 is there twice");
  pieces.pieces[9] = "a\xFF";
  CHECK(refusal(pieces) == "piece 9 is not UTF-8");
  pieces.pieces[9] = std::string(kPieceBytesMax + 1, 'a');
  CHECK(refusal(pieces) == "piece 9 is longer than 255 bytes");
  pieces.pieces[9] = std::string(kPieceBytesMax, 'a');
  CHECK(refusal(pieces).empty());
  pieces.scores[9] = 0.5f;
  CHECK(refusal(pieces) == "piece 9 has a score that is no logarithm of a probability");
  pieces.scores[9] = 0;
  CHECK(refusal(pieces).empty());
  pieces.special.end = 9;
  CHECK(refusal(pieces) == "special piece 9 is spelled");
  pieces.special.end = 13;
  CHECK(refusal(pieces) == "special piece 13 is not there");
  pieces.special.end = 2;
  pieces.scores.pop_back();
  CHECK(refusal(pieces) == "there are 12 scores for 13 pieces");
}

// Normal forms against utf8proc, an independent implementation, and what accent folding takes away.
#include "text/normalize.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <random>
#include <vector>

#include "text/unicode.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

std::string by_utf8proc(const std::string& text) {
  utf8proc_uint8_t* folded = utf8proc_NFKC_Casefold(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
  REQUIRE(folded != nullptr);
  std::string out(reinterpret_cast<char*>(folded));
  std::free(folded);
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  fold_accents(text, out);
  return out;
}

// generate_tables.mjs says why these are left out.
bool left_out(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 11> kLeftOut = {{{0x3200, 0x3230},
                                                                       {0x3233, 0x3250},
                                                                       {0x3260, 0x32CB},
                                                                       {0x32D0, 0x32FE},
                                                                       {0x3300, 0x3370},
                                                                       {0x33E0, 0x33FE},
                                                                       {0xFA70, 0xFAD9},
                                                                       {0xFC00, 0xFDFF},
                                                                       {0x1EE00, 0x1EEFF},
                                                                       {0x1F100, 0x1F2FF},
                                                                       {0x2F800, 0x2FA1F}}};
  return std::any_of(kLeftOut.begin(), kLeftOut.end(), [c](const auto& r) { return r.first <= c && c <= r.second; });
}

// utf8proc keeps default ignorable code points that are not assigned.
bool unassigned(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c)) == UTF8PROC_CATEGORY_CN;
}

}  // namespace

TEST_CASE("NFKC_Casefold of every code point is that of utf8proc") {
  int differences = 0;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if ((c >= 0xD800 && c < 0xE000) || left_out(c) || unassigned(c)) continue;
    std::string text;
    append_utf8(text, c);
    if (nfkc_casefold(text) == by_utf8proc(text)) continue;
    ++differences;
    UNSCOPED_INFO("code point " << std::hex << static_cast<std::uint32_t>(c));
  }
  CHECK(differences == 0);
}

TEST_CASE("NFKC_Casefold of strings of interacting characters is that of utf8proc") {
  const std::vector<char32_t> pool = {'a',    'e',    'E',    'A',    0x300,  0x301,  0x308,  0x323,  0x327,
                                      0x345,  0x3B1,  0x1F80, 0xAC00, 0x1100, 0x1161, 0x11A8, 0x3099, 0x30AB,
                                      0xFF76, 0xFF9E, 0x9BE,  0x9C7,  0x5D0,  0x5B7,  0x627,  0x653,  0x654,
                                      0x64B,  0xE9,   0x1EA4, 0x1E69, 's',    0x307,  0x130,  0xDF,   0x3C2,
                                      0x958,  0x93C,  0x915,  0x34F,  0x200D, 0xAD,   0x1D15, 0xFB01, 0x3383};
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i) {
    std::string text;
    for (std::uint32_t size = 1 + random() % 7; size > 0; --size) append_utf8(text, pool[random() % pool.size()]);
    if (nfkc_casefold(text) != by_utf8proc(text)) FAIL(text);
  }
}

TEST_CASE("Folding takes accents from Latin and Greek and looks from Arabic and Persian") {
  CHECK(folded("àéîõüçñåø") ==
        "aeiouc"
        "nao");
  CHECK(folded("đłħŧßæœþðıǝ") == "dlhtßaeoethdie");
  CHECK(folded("ếỷợ") == "eyo");
  CHECK(folded("άήώϊΐ") == "αηωιι");
  CHECK(folded("ёй їў") == "ей їў");
  CHECK(folded("за\u0301мок") == "замок");
  CHECK(folded("أإآٱى ة كـتاب") == "ااااي ه كتاب");
  CHECK(folded("کیہ") == "كيه");
  CHECK(folded("שָׁלוֹם") == "שלום");
  CHECK(folded("क़") == "क");
  CHECK(folded("٣۴५๕") == "3455");
  CHECK(folded("が です กำ") == "が です กำ");
}

TEST_CASE("Folding twice changes nothing more, for every code point") {
  int differences = 0;
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_utf8(text, c);
    const std::string once = folded(nfkc_casefold(text));
    if (folded(once) == once && nfkc_casefold(once) == once) continue;
    ++differences;
    UNSCOPED_INFO("code point " << std::hex << static_cast<std::uint32_t>(c) << " " << once);
  }
  CHECK(differences == 0);
}

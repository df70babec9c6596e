// Which normalisers of a unigram tokenizer.json are nmt_nfkc, and which bytes are none.
#include "build/model/charsmap.h"

#include <catch_amalgamated.hpp>

#include "model/charsmap_sample.h"
#include "text/utf8.h"

using namespace crossglot;

namespace {

std::string judge(const std::string& base64) {
  const Status status = check_charsmap(base64);
  if (status) return {};
  CHECK(status.error().code == ErrorCode::kInput);
  return status.error().message;
}

std::string judge(const test::CharsmapRules& rules) {
  return judge(test::to_base64(test::charsmap_bytes(rules)));
}

constexpr const char* kOther =
    "precompiled_charsmap: holds other rules than SentencePiece's nmt_nfkc, which alone can be followed";

}  // namespace

TEST_CASE("a map with a part of nmt_nfkc's rules is nmt_nfkc of an older Unicode") {
  CHECK(judge(test::some_nmt_rules()).empty());
}

TEST_CASE("a map that folds case, lacks the spaces of nmt or replaces by something else is another one") {
  for (const auto& [key, value] : test::CharsmapRules{{"A", "a"}, {"～", "~"}, {"ﬁ", "f"}, {"q\u0301", "q"}}) {
    test::CharsmapRules rules = test::some_nmt_rules();
    rules[key] = value;
    INFO(key);
    CHECK(judge(rules) == kOther);
  }
  test::CharsmapRules rules = test::some_nmt_rules();
  rules.erase("\u200B");
  CHECK(judge(rules) == kOther);
}

TEST_CASE("one rule of a thousand may be of another Unicode version") {
  test::CharsmapRules rules = test::some_nmt_rules();
  for (char32_t c = 0x4E00; c < 0x4E00 + 1000; ++c) {
    std::string ideograph;
    append_utf8(ideograph, c);
    rules[ideograph] = ideograph;
  }
  rules["A"] = "a";
  CHECK(judge(rules).empty());
  rules["B"] = "b";
  CHECK(judge(rules) == kOther);
}

TEST_CASE("what is not base64, is cut off or leads nowhere is an error") {
  const std::string bytes = test::charsmap_bytes(test::some_nmt_rules());
  CHECK(judge("") == "precompiled_charsmap: is cut off, or holds no rules");
  CHECK(judge("AAAA*AAA") == "precompiled_charsmap: is not base64");
  CHECK(judge("AAA") == "precompiled_charsmap: is not base64");
  CHECK(judge(test::to_base64(bytes.substr(0, 1000))) == "precompiled_charsmap: is cut off, or holds no rules");
  CHECK(judge(test::to_base64(bytes.substr(0, bytes.size() - 1))) == "precompiled_charsmap: is broken");
  std::string loop = bytes;
  const std::size_t unit = 4 + 4 * (256 + 1);  // of U+0001: its children become those of the root, itself among them
  loop[unit + 1] = 4;
  loop[unit + 2] = 0;
  CHECK(judge(test::to_base64(loop)) == "precompiled_charsmap: is broken");
}

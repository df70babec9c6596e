#include "build/model/charsmap.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "text/nmt_nfkc.h"

namespace crossglot {
namespace {

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, "precompiled_charsmap: " + what);
}

std::optional<Bytes> decode_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  Bytes bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> count));
  }
  return bytes;
}

// What a map must hold to be nmt_nfkc and not one of the library's others: its spaces, and NFKC's compositions.
constexpr std::array<std::string_view, 3> kMarks = {"\t", "\u200B", "A\u030A"};

// Keys share their ends too, so units are visited many times: 300,000 visits of 44,800 units for nmt_nfkc.
constexpr std::size_t kVisitsMax = 4'000'000;
constexpr std::size_t kKeyBytesMax = 64;

class Rules {
 public:
  Rules(std::vector<std::uint32_t> units, std::string_view replacements)
      : units_(std::move(units)), replacements_(replacements) {}

  // Looks at every rule. False when the array leads out of its bounds, or in circles.
  bool read() {
    std::vector<std::pair<std::uint32_t, std::string>> open = {{0, {}}};
    for (std::size_t visited = 0; !open.empty(); ++visited) {
      const auto [node, key] = std::move(open.back());
      open.pop_back();
      if (visited == kVisitsMax || key.size() > kKeyBytesMax) return false;
      const std::uint32_t unit = units_[node];
      const std::uint32_t children = node ^ (unit >> 10 << ((unit >> 9 & 1) * 8));
      if ((unit >> 8 & 1) != 0 && !read_rule(key, children)) return false;
      for (std::uint32_t label = 1; label < 256; ++label) {
        const std::uint32_t child = children ^ label;
        if (child < units_.size() && (units_[child] & 0x800000FF) == label) {
          open.emplace_back(child, key + static_cast<char>(label));
        }
      }
    }
    return true;
  }

  bool are_nmt_nfkc() const { return marks_ == kMarks.size() && differing_ * 1000 <= count_; }

 private:
  bool read_rule(const std::string& key, std::uint32_t leaf) {
    const std::size_t begin = leaf < units_.size() ? units_[leaf] & 0x7FFFFFFF : replacements_.size();
    const std::size_t end = replacements_.find('\0', begin);
    if (key.empty() || end == std::string_view::npos) return false;
    std::string ours;
    const bool whole = nmt_nfkc_step(key, 0, ours) == key.size();
    if (!whole || ours != replacements_.substr(begin, end - begin)) ++differing_;
    if (std::find(kMarks.begin(), kMarks.end(), key) != kMarks.end()) ++marks_;
    ++count_;
    return true;
  }

  std::vector<std::uint32_t> units_;
  std::string_view replacements_;
  std::size_t count_ = 0;
  std::size_t differing_ = 0;
  std::size_t marks_ = 0;
};

}  // namespace

Status check_charsmap(std::string_view base64) {
  const std::optional<Bytes> bytes = decode_base64(base64);
  if (!bytes) return bad("is not base64");
  ByteReader reader(*bytes);
  const std::uint32_t size = reader.u32();
  ByteReader array(reader.take(size));
  if (reader.failed() || size % 4 != 0 || size == 0) return bad("is cut off, or holds no rules");
  std::vector<std::uint32_t> units(size / 4);
  for (std::uint32_t& unit : units) unit = array.u32();
  Rules rules(std::move(units), as_text(reader.take(reader.remaining())));
  if (!rules.read()) return bad("is broken");
  if (!rules.are_nmt_nfkc())
    return bad("holds other rules than SentencePiece's nmt_nfkc, which alone can be followed");
  return ok_status();
}

}  // namespace crossglot

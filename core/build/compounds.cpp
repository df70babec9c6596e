#include "build/compounds.h"

#include <array>

#include "text/language.h"

namespace crossglot {
namespace {

constexpr std::size_t kPartLettersMin = 4;
constexpr std::size_t kPartsMax = 4;

struct Joints {
  std::string_view lang;
  std::array<std::string_view, 6> elements;  // what may stand between two parts, besides nothing
};

constexpr Joints kJoints[] = {
    {"de", {"s", "es", "n", "en", "er", "e"}}, {"nl", {"s", "en", "e", "n", "", ""}},
    {"sv", {"s", "e", "o", "u", "", ""}},      {"da", {"s", "e", "er", "", "", ""}},
    {"nb", {"s", "e", "er", "", "", ""}},      {"nn", {"s", "e", "er", "", "", ""}},
    {"no", {"s", "e", "er", "", "", ""}},      {"fi", {"n", "", "", "", "", ""}},
    {"hu", {"", "", "", "", "", ""}},          {"is", {"s", "ar", "a", "u", "", ""}},
    {"et", {"", "", "", "", "", ""}},
};

const Joints* joints_of(std::string_view lang) {
  const std::string primary = primary_language(lang);
  for (const Joints& joints : kJoints) {
    if (joints.lang == primary) return &joints;
  }
  return nullptr;
}

bool is_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
}

std::size_t letters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) count += is_boundary(text, i) ? 1 : 0;
  return count;
}

class Splitter {
 public:
  Splitter(std::string_view word, const Joints& joints, const std::function<std::uint32_t(std::string_view)>& find)
      : word_(word), joints_(joints), find_(find) {}

  // Splits word[begin, end) into exactly `parts` parts; longest first part first.
  bool split(std::size_t begin, std::size_t parts) {
    if (parts == 1) return begin != 0 && accept(word_.substr(begin));
    for (std::size_t end = word_.size() - 1; end > begin; --end) {
      if (!is_boundary(word_, end) || !accept(word_.substr(begin, end - begin))) continue;
      if (split(end, parts - 1)) return true;
      for (const std::string_view joint : joints_.elements) {
        if (joint.empty() || !word_.substr(end).starts_with(joint)) continue;
        if (split(end + joint.size(), parts - 1)) return true;
      }
      found.pop_back();
    }
    return false;
  }

  std::vector<std::uint32_t> found;

 private:
  bool accept(std::string_view part) {
    if (part.size() < kPartLettersMin || letters(part) < kPartLettersMin) return false;
    const std::uint32_t number = find_(part);
    if (number == UINT32_MAX) return false;
    found.push_back(number);
    return true;
  }

  std::string_view word_;
  const Joints& joints_;
  const std::function<std::uint32_t(std::string_view)>& find_;
};

}  // namespace

bool joins_compounds(std::string_view lang) {
  return joints_of(lang) != nullptr;
}

std::vector<std::uint32_t> split_compound(std::string_view word, std::string_view lang,
                                          const std::function<std::uint32_t(std::string_view)>& find) {
  const Joints* joints = joints_of(lang);
  if (joints == nullptr || letters(word) < 2 * kPartLettersMin) return {};
  for (std::size_t parts = 2; parts <= kPartsMax; ++parts) {
    Splitter splitter(word, *joints, find);
    if (splitter.split(0, parts)) return splitter.found;
  }
  return {};
}

}  // namespace crossglot

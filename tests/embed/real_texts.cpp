#include "embed/real_texts.h"

#include <fstream>
#include <utility>

namespace crossglot::test {
namespace {

constexpr std::size_t kWindow = 24;
constexpr std::size_t kStep = 4;

// Byte offsets of the code points, and the end.
std::vector<std::size_t> code_points(const std::string& text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80) out.push_back(i);
  }
  out.push_back(text.size());
  return out;
}

}  // namespace

RealTexts real_texts() {
  RealTexts out;
  std::ifstream file(CROSSGLOT_TESTS_DIR "/embed/sentences.txt");
  std::vector<std::pair<std::string, std::string>> sentences;  // language, sentence
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    sentences.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  for (const auto& [language, sentence] : sentences) {
    const std::vector<std::size_t> at = code_points(sentence);
    for (std::size_t i = 0; i + 1 < at.size(); i += kStep) {
      out.queries.push_back(sentence.substr(at[i], at[std::min(i + kWindow, at.size() - 1)] - at[i]));
    }
  }
  for (std::size_t i = 0; i < sentences.size(); i += 2) {
    std::string passage;
    for (std::size_t k = 0; k < 4 * sentences.size(); ++k) {
      const auto& [language, sentence] = sentences[(i + k) % sentences.size()];
      if (language == sentences[i].first) passage += sentence + " ";
    }
    out.passages.push_back(passage);
  }
  return out;
}

}  // namespace crossglot::test

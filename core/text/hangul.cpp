#include "text/hangul.h"

#include <algorithm>

#include "text/words.h"

namespace crossglot {
namespace {

constexpr std::size_t kSyllableBytes = 3;

constexpr std::string_view kParticles =
    "은 는 이 가 을 를 의 에 와 과 도 로 만 으로 에서 에게 까지 부터 보다 처럼 마다 이나 "
    "나 이란 란 라는 이라는 에는 에도 에만 에서는 으로는 로는 으로도 와의 과의 에의 에서의 "
    "으로의 로의 만을 들은 들이 들을";

constexpr std::string_view kEndings =
    "하다 하는 하기 하여 하고 하면 하지 하려면 합니다 한다 한 할 함 해 했습니다 했다 하십시오 "
    "하세요 하도록 하거나 하며 하게 되다 되는 되기 되어 되고 되면 되지 됩니다 된다 된 될 됨 "
    "되며 되도록 되었습니다 입니다 이다 인 이며 이고 들 들의 하기를 하지만 하므로";

// The size of the longest ending of the list that leaves two syllables of the word.
std::size_t ending_size(std::string_view endings, std::string_view word) {
  std::size_t longest = 0;
  for (std::string_view ending; next_word(endings, ending);) {
    if (ending.size() > longest && word.size() >= ending.size() + 2 * kSyllableBytes && word.ends_with(ending)) {
      longest = ending.size();
    }
  }
  return longest;
}

}  // namespace

std::string_view hangul_stem(std::string_view word) {
  return word.substr(0, word.size() - std::max(ending_size(kParticles, word), ending_size(kEndings, word)));
}

bool hangul_particle(std::string_view word) {
  return contains_word(kParticles, word);
}

}  // namespace crossglot

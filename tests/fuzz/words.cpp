#include "format/word_list.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<WordList> list = WordList::open({data, size});
  if (!list) return 0;
  for (std::size_t i = 1; i < list->words().size(); ++i) {
    CG_CHECK(list->words()[i - 1].word < list->words()[i].word && list->words()[i].document_frequency > 0);
  }
  return 0;
}

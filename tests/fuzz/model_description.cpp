#include "build/model/card.h"
#include "build/model/description.h"
#include "fuzz/targets.h"

using namespace crossglot;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const Result<ModelDescription> description = read_description(text)) {
    for (const PackFile& file : description->encoder) CG_CHECK(file.name.find('/') == std::string::npos);
    CG_CHECK(description->shape.hidden % description->shape.heads == 0);
    CG_CHECK(read_description(write_description(*description)).ok());
  }
  if (const Result<CardFile> card = read_card_file(text)) {
    CG_CHECK(card->card.name.empty() || valid_model_name(card->card.name));
  }
  return 0;
}

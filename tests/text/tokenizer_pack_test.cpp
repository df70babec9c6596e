// The tokenizer of the real pack: the whole vocabulary gives the ids that the test's part of it gives.
#include <cstdio>

#include "build/model/pack_reader.h"
#include "embed/pack_fixture.h"
#include "text/tokenizer_fixture.h"

using namespace crossglot;

TEST_CASE("The pack's tokenizer gives sentencepiece's ids, and is as small as it should be") {
  const std::string folder = test::model_folder();
  if (folder.empty()) {
    std::puts("skipped: there is no model pack; ./dev model fetches it");
    return;
  }
  const Result<PackReader> pack = PackReader::open([&](const std::string& name) -> Result<Bytes> {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    if (!file) return make_error(ErrorCode::kMissing, name);
    return Bytes(std::istreambuf_iterator<char>(file), {});
  });
  REQUIRE(pack.ok());
  if (pack->description().card.name != "multilingual-e5-small") {
    std::puts("skipped: CROSSGLOT_MODEL names another model");
    return;
  }
  CHECK(pack->description().tokenizer.size < 2'000'000);
  const Result<Bytes> bytes = pack->read_tokenizer();
  REQUIRE(bytes.ok());
  const Result<Tokenizer> tokenizer = Tokenizer::create(*bytes);
  REQUIRE(tokenizer.ok());
  CHECK(tokenizer->piece_count() == 250002);
  CHECK(tokenizer->special().unknown == 3);
  CHECK(tokenizer->memory_bytes() < 8'000'000);
  check_sentences(*tokenizer, "unigram_ids.txt");
}

#include "embed/pack_fixture.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "build/model/pack_reader.h"

namespace crossglot::test {
namespace {

Result<Bytes> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return make_error(ErrorCode::kMissing, path);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

template <typename T>
bool failed(const Result<T>& result) {
  if (!result.ok()) std::fprintf(stderr, "model pack: %s\n", result.error().message.c_str());
  return !result.ok();
}

}  // namespace

std::string model_folder() {
  const char* named = std::getenv("CROSSGLOT_MODEL");
  const std::string folder = named != nullptr ? named : CROSSGLOT_TESTS_DIR "/../.cache/model/e5-small";
  return std::ifstream(folder + "/" + kDescriptionName) ? folder : "";
}

std::optional<RealModel> read_model(const std::string& folder) {
  const Result<PackReader> reader =
      PackReader::open([folder](const std::string& name) { return read_file(folder + "/" + name); });
  if (failed(reader)) return std::nullopt;
  Result<EncoderPack> encoder = reader->read_encoder();
  const Result<Bytes> pieces = reader->read_tokenizer();
  Result<RowTable> table = reader->read_rows();
  if (failed(encoder) || failed(pieces) || failed(table)) return std::nullopt;
  Result<Tokenizer> tokenizer = Tokenizer::create(*pieces);
  if (failed(tokenizer)) return std::nullopt;
  Result<LoadedRows> rows = LoadedRows::create(*table, tokenizer->special().unknown);
  if (failed(rows)) return std::nullopt;
  for (std::uint32_t page = 0; page < table->pages().size(); ++page) {
    Result<RowPage> read = reader->read_page(*table, page);
    if (failed(read)) return std::nullopt;
    rows->attach(page, std::move(*read));
  }
  const ModelCard& card = reader->description().card;
  return RealModel{std::move(*encoder), std::move(*rows), std::move(*tokenizer), card.query_prefix,
                   card.passage_prefix};
}

std::vector<std::uint32_t> pieces_of(const RealModel& model, const std::string& prefix, const std::string& text,
                                     std::size_t pieces_max) {
  TokenizerWorkspace workspace;
  const SpecialPieces& special = model.tokenizer.special();
  std::vector<std::uint32_t> pieces = {special.begin};
  model.tokenizer.tokenize(prefix + text, workspace, pieces);
  if (pieces.size() > pieces_max - 1) pieces.resize(pieces_max - 1);
  pieces.push_back(special.end);
  return pieces;
}

}  // namespace crossglot::test

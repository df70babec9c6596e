// The C interface of crossglot/model.h over build/model/. Only the indexer's module links it.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "build/model/pack_reader.h"
#include "build/model/pack_writer.h"
#include "build/model/piece_counts.h"
#include "crossglot/model.h"
#include "request.h"

using namespace crossglot;

struct cg_model {
  std::map<std::string, Bytes> stored;  // until the pack is open
  std::optional<Model> model;
  std::optional<Tokenizer> tokenizer;  // the model's own
  std::optional<PieceCounts> counts;   // borrows it
  std::vector<BundleFile> files;       // of cg_model_write
  std::string error;
};

namespace {

cg_status fail(cg_model* model, const Error& error) {
  model->error = error.message;
  return static_cast<cg_status>(error.code);
}

Status open(cg_model& model) {
  const Result<PackReader> reader = PackReader::open([&model](const std::string& name) -> Result<Bytes> {
    const auto found = model.stored.find(name);
    if (found == model.stored.end()) return make_error(ErrorCode::kMissing, name + " is not there");
    return found->second;
  });
  if (!reader.ok()) return reader.error();
  Result<Model> read = reader->read_model();
  if (!read.ok()) return read.error();
  Result<Tokenizer> tokenizer = Tokenizer::create(read->tokenizer);
  if (!tokenizer.ok()) return tokenizer.error();
  model.model = std::move(*read);
  model.tokenizer = std::move(*tokenizer);
  model.counts.emplace(*model.tokenizer);
  return ok_status();
}

}  // namespace

extern "C" {

cg_model* cg_model_new(void) {
  return new cg_model();
}
void cg_model_delete(cg_model* model) {
  delete model;
}

cg_status cg_model_add_file(cg_model* model, const char* name, size_t name_size, const uint8_t* bytes, size_t size) {
  CG_CHECK(model != nullptr);
  model->stored[std::string(name, name_size)] = size == 0 ? Bytes() : Bytes(bytes, bytes + size);
  return 0;
}

cg_status cg_model_open(cg_model* model) {
  CG_CHECK(model != nullptr && !model->model.has_value());
  const Status opened = open(*model);
  model->stored.clear();
  return opened.ok() ? 0 : fail(model, opened.error());
}

cg_status cg_model_count(cg_model* model, const char* jsonl, size_t size, const char* file_name,
                         size_t file_name_size, uint32_t first_line) {
  CG_CHECK(model != nullptr && model->counts.has_value());
  const Status counted = model->counts->add_lines({jsonl, size}, std::string(file_name, file_name_size), first_line);
  return counted.ok() ? 0 : fail(model, counted.error());
}

cg_status cg_model_write(cg_model* model, const char* languages, size_t size) {
  CG_CHECK(model != nullptr && model->counts.has_value());
  order_for_site(*model->tokenizer, model->counts->counts(), *model->model);
  PackOptions options;
  options.languages = split({languages, size}, ',');
  Result<std::vector<BundleFile>> files = write_pack(*model->model, options);
  if (!files.ok()) return fail(model, files.error());
  model->files = std::move(*files);
  return 0;
}

int32_t cg_model_file(cg_model* model, uint32_t number, cg_text* name, cg_text* bytes) {
  CG_CHECK(model != nullptr && name != nullptr && bytes != nullptr);
  if (number >= model->files.size()) return 0;
  const BundleFile& file = model->files[number];
  *name = {file.name.data(), file.name.size()};
  *bytes = {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
  return 1;
}

void cg_model_error(cg_model* model, cg_text* out) {
  CG_CHECK(model != nullptr && out != nullptr);
  *out = {model->error.data(), model->error.size()};
}

}  // extern "C"

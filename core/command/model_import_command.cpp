// `crossglot model import`: an encoder from whatever it is in, as a pack.
//
// The source says itself what it is: a file that begins with E5S1, a folder with config.json (Hugging Face), or a
// folder with model.json (a pack, to be ordered for a site or cut down to its languages).
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "build/model/card.h"
#include "build/model/e5s1.h"
#include "build/model/hugging_face.h"
#include "build/model/pack_reader.h"
#include "build/model/pack_writer.h"
#include "build/model/piece_counts.h"
#include "build/writer.h"
#include "command/bundle_reader.h"
#include "command/command.h"
#include "command/document_stream.h"
#include "command/file.h"
#include "command/model_folder.h"
#include "command/terminal.h"

namespace crossglot::command {
namespace {

namespace fs = std::filesystem;

Error named(const std::string& place, const Error& error) {
  return make_error(error.code, place + ": " + error.message);
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

Result<CardFile> read_card(const ModelImportCommand& options) {
  CardFile card;
  const std::string path = options.card.empty() ? (fs::path(options.source) / kCardName).string() : options.card;
  if (!options.card.empty() || is_file(path)) {
    const Result<Bytes> bytes = read_whole_file(path);
    if (!bytes) return bytes.error();
    Result<CardFile> read = read_card_file(as_text(*bytes));
    if (!read) return named(path, read.error());
    card = std::move(*read);
  }
  if (!options.name.empty()) card.card.name = options.name;
  return card;
}

// The folder's name, where it may be one: `import my-model/ --out x` needs no card.
std::string name_of_folder(const std::string& source) {
  std::error_code ignored;
  fs::path path = fs::weakly_canonical(source, ignored);
  const std::string name = path.filename().string();
  return valid_model_name(name) ? name : "model";
}

void override_card(const ModelCard& given, ModelCard& card) {
  if (!given.name.empty()) card.name = given.name;
  if (!given.license.empty()) card.license = given.license;
  if (!given.source.empty()) card.source = given.source;
}

Result<Model> read_folder(const ModelImportCommand& options, CardFile card) {
  const ReadFile read = read_from_folder(options.source);
  if (is_file(fs::path(options.source) / kDescriptionName)) {
    const Result<PackReader> reader = PackReader::open(read);
    if (!reader) return named(options.source, reader.error());
    Result<Model> model = reader->read_model();
    if (!model) return named(options.source, model.error());
    override_card(card.card, model->card);
    return model;
  }
  if (!is_file(fs::path(options.source) / "config.json")) {
    return make_error(ErrorCode::kInput,
                      options.source + ": neither a model pack (model.json) nor a Hugging Face folder (config.json)");
  }
  if (card.card.name.empty()) card.card.name = name_of_folder(options.source);
  const BlockEncoding encoding = options.weights == "int4" ? BlockEncoding::kInt4 : BlockEncoding::kInt8;
  Result<Model> model = import_hugging_face(read, card, encoding);
  if (!model) return named(options.source, model.error());
  return model;
}

Result<Model> read_source(const ModelImportCommand& options) {
  const Result<CardFile> card = read_card(options);
  if (!card) return card.error();
  if (!card->card.name.empty() && !valid_model_name(card->card.name)) {
    return make_error(ErrorCode::kArgument,
                      "--name " + card->card.name + ": use a-z, 0-9, \".\", \"_\" and \"-\", at most 64 of them");
  }
  std::error_code ignored;
  if (fs::is_directory(options.source, ignored)) return read_folder(options, *card);
  const Result<Bytes> file = read_whole_file(options.source);
  if (!file) return file.error();
  if (!as_text(*file).starts_with(kE5s1Magic)) {
    return make_error(ErrorCode::kInput, options.source + ": neither an E5S1 file nor a folder with a model");
  }
  Result<Model> model = import_e5s1(*file, card->card);
  if (!model) return named(options.source, model.error());
  return model;
}

// Orders the rows by what the documents use.
Status order_rows(const std::vector<std::string>& documents, Model& model) {
  const Result<Tokenizer> tokenizer = Tokenizer::create(model.tokenizer);
  if (!tokenizer) return tokenizer.error();
  Result<std::unique_ptr<DocumentStream>> stream = DocumentStream::open(documents);
  if (!stream) return stream.error();
  PieceCounts counts(*tokenizer);
  Progress progress;
  for (;;) {
    const Result<std::optional<DocumentChunk>> chunk = (*stream)->next();
    if (!chunk) return chunk.error();
    if (!*chunk) break;
    const DocumentChunk& lines = **chunk;
    if (Status status = counts.add_lines(lines.text, lines.file_name, lines.first_line); !status) return status;
    const double total = static_cast<double>((*stream)->bytes_total());
    progress.show("counting pieces", total > 0 ? static_cast<double>((*stream)->bytes_done()) / total : -1);
  }
  order_for_site(*tokenizer, counts.counts(), model);
  return ok_status();
}

}  // namespace

int run_model_import(const ModelImportCommand& options) {
  Result<Model> model = read_source(options);
  if (!model) return fail(model.error());
  if (!options.documents.empty()) {
    if (const Status status = order_rows(options.documents, *model); !status) return fail(status.error());
  }
  PackOptions pack;
  pack.languages = split_languages(options.languages);
  pack.threads = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  const Result<std::vector<BundleFile>> files = write_pack(*model, pack);
  if (!files) return fail(files.error());
  if (const Status written = write_model(options.out, *files); !written) return fail(written.error());
  std::uint64_t bytes = 0;
  for (const BundleFile& file : *files) bytes += file.bytes.size();
  if (stdout_is_terminal()) {
    std::printf("%s: %s, %zu files, %s\n", options.out.c_str(), model->card.name.c_str(), files->size(),
                readable_size(bytes).c_str());
  }
  return kExitDone;
}

}  // namespace crossglot::command

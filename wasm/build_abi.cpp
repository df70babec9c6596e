// The C interface of crossglot/build.h over build/builder.h. Only the indexer's module links it.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "abi_stemmer.h"
#include "base/check.h"
#include "build/builder.h"
#include "build/generic_means.h"
#include "build/model/description.h"
#include "build/model/vector_identity.h"
#include "build/seed.h"
#include "build/vector_work.h"
#include "crossglot/build.h"
#include "json_text.h"
#include "request.h"
#include "text/language.h"

using namespace crossglot;

struct cg_builder {
  std::unique_ptr<Stemmer> stemmer = make_abi_stemmer();
  Builder builder;
  Segment segment;  // of the last cg_analyse
  Seed seed;
  GenericMeans means;
  std::optional<std::vector<std::string>> readers;  // of cg_builder_readers
  ModelDescription model;                           // of cg_builder_embed
  std::optional<VectorWork> work;
  std::vector<BundleFile> files;  // of cg_builder_finish
  std::string text;               // the last report
  std::string encoded;            // the last text of cg_builder_text, with its prefix
  Bytes records;                  // of the last cg_builder_vectors
  std::string error;
};

namespace {

cg_status fail(cg_builder* builder, const Error& error) {
  builder->error = error.message;
  return static_cast<cg_status>(error.code);
}

void give(cg_builder* builder, std::string text, cg_text* out) {
  builder->text = std::move(text);
  *out = {builder->text.data(), builder->text.size()};
}

void append_number(std::string& out, const char* key, std::uint64_t value) {
  out += key;
  out += std::to_string(value);
}

std::string segment_report(const Segment& segment) {
  std::string out;
  append_number(out, "{\"pages\":", segment.pages);
  append_number(out, ",\"sections\":", segment.sections);
  out += ",\"skipped\":[";
  for (std::size_t i = 0; i < segment.skipped.size(); ++i) {
    append_number(out, i == 0 ? "{\"line\":" : ",{\"line\":", segment.skipped[i].line);
    out += ",\"message\":";
    append_json_string(out, segment.skipped[i].message);
    out += "}";
  }
  return out + "]}";
}

// A share from 0 to 1, to four digits.
void append_share(std::string& out, const char* key, double value) {
  const auto whole = static_cast<std::uint64_t>(value * 10000 + 0.5);
  const std::string digits = std::to_string(10000 + whole % 10000);
  append_number(out, key, whole / 10000);
  out += "." + digits.substr(1);
}

std::string build_report(const BuildReport& report, const std::optional<SeedReaders>& readers) {
  std::string out;
  append_number(out, "{\"groups\":", report.groups);
  append_number(out, ",\"vectorRows\":", report.vector_rows);
  append_number(out, ",\"vectorBytes\":", report.vector_bytes);
  out += ",\"languages\":[";
  for (std::size_t i = 0; i < report.languages.size(); ++i) {
    const BuildReport::Language& language = report.languages[i];
    out += i == 0 ? "{\"lang\":" : ",{\"lang\":";
    append_json_string(out, language.lang);
    append_number(out, ",\"pages\":", language.pages);
    append_number(out, ",\"sections\":", language.sections);
    append_number(out, ",\"terms\":", language.terms);
    append_number(out, ",\"postings\":", language.postings);
    append_number(out, ",\"bytes\":", language.bytes);
    append_number(out, ",\"files\":", language.files);
    out += "}";
  }
  out += "],\"relevance\":[";
  for (std::size_t i = 0; i < report.relevance.size(); ++i) {
    const BuildReport::Relevance& row = report.relevance[i];
    out += i == 0 ? "{\"from\":" : ",{\"from\":";
    append_json_string(out, row.from);
    out += ",\"to\":";
    append_json_string(out, row.to);
    append_number(out, ",\"queries\":", row.queries);
    append_share(out, ",\"ndcg10\":", row.ndcg_10);
    append_share(out, ",\"success5\":", row.success_5);
    out += "}";
  }
  out += "]";
  if (readers.has_value()) {
    out += ",\"readers\":{\"with\":" + json_array(readers->with);
    out += ",\"without\":" + json_array(readers->without) + "}";
  }
  return out + ",\"warnings\":" + json_array(report.warnings) + "}";
}

// What the host has encoded, for the builder that asks for it.
VectorSource given_vectors(const cg_builder& builder) {
  if (!builder.work.has_value()) return {};
  const VectorWork& work = *builder.work;
  return {vector_identity(builder.model), work.dimensions(),
          [&work](std::span<const EmbedText> texts, std::span<std::int8_t> out) {
            CG_CHECK(work.done() && texts.size() == work.texts().size());
            std::copy(work.vectors().begin(), work.vectors().end(), out.begin());
            return ok_status();
          }};
}

}  // namespace

extern "C" {

cg_builder* cg_builder_new(void) {
  return new cg_builder();
}
void cg_builder_delete(cg_builder* builder) {
  delete builder;
}

cg_status cg_analyse(cg_builder* builder, const char* jsonl, size_t size, const char* file_name,
                     size_t file_name_size, uint32_t first_line, int32_t keep_going, cg_text* segment,
                     cg_text* report) {
  CG_CHECK(builder != nullptr && segment != nullptr && report != nullptr);
  AnalyseOptions options;
  options.file_name.assign(file_name, file_name_size);
  options.first_line = first_line;
  options.keep_going = keep_going != 0;
  Result<Segment> analysed = analyse(std::string_view(jsonl, size), options, *builder->stemmer);
  if (!analysed.ok()) return fail(builder, analysed.error());
  builder->segment = std::move(*analysed);
  *segment = {reinterpret_cast<const char*>(builder->segment.bytes.data()), builder->segment.bytes.size()};
  give(builder, segment_report(builder->segment), report);
  return 0;
}

cg_status cg_builder_add(cg_builder* builder, const uint8_t* segment, size_t size) {
  CG_CHECK(builder != nullptr);
  const Status added = builder->builder.add(size == 0 ? Bytes() : Bytes(segment, segment + size));
  return added.ok() ? 0 : fail(builder, added.error());
}

cg_status cg_builder_seed(cg_builder* builder, const char* text, size_t size, const char* file_name,
                          size_t file_name_size) {
  CG_CHECK(builder != nullptr);
  const Status read = builder->seed.read({text, size}, std::string(file_name, file_name_size));
  return read.ok() ? 0 : fail(builder, read.error());
}

void cg_builder_readers(cg_builder* builder, const char* languages, size_t size) {
  CG_CHECK(builder != nullptr);
  builder->readers.emplace();
  for (const std::string& tag : split({languages, size}, ',')) builder->readers->push_back(normalize_language(tag));
}

cg_status cg_builder_means(cg_builder* builder, const char* text, size_t size, const char* file_name,
                           size_t file_name_size, const char* model_json, size_t model_json_size) {
  CG_CHECK(builder != nullptr);
  const std::string file(file_name, file_name_size);
  const Result<ModelDescription> model = read_description({model_json, model_json_size});
  if (!model.ok()) return fail(builder, model.error());
  GenericMeans means;
  Status status = means.read({text, size}, file);
  if (status.ok()) status = means.check_model(vector_identity(*model), model->shape.hidden, file);
  if (!status.ok()) return fail(builder, status.error());
  builder->means = std::move(means);
  return 0;
}

cg_status cg_builder_embed(cg_builder* builder, const char* model_json, size_t size, cg_text* plan) {
  CG_CHECK(builder != nullptr && plan != nullptr && !builder->work.has_value());
  Result<ModelDescription> model = read_description({model_json, size});
  if (!model.ok()) return fail(builder, model.error());
  builder->model = std::move(*model);
  const std::size_t dimensions = builder->model.shape.hidden;
  const std::span<const EmbedText> texts = builder->builder.texts(1);
  builder->work.emplace(texts, VectorCache(cache_identity(builder->model), dimensions));
  std::string out = "{\"model\":";
  append_json_string(out, vector_identity(builder->model));
  out += ",\"cache\":";
  append_json_string(out, cache_file_name(builder->model));
  append_number(out, ",\"texts\":", texts.size());
  append_number(out, ",\"dimensions\":", dimensions);
  give(builder, out + "}", plan);
  return 0;
}

void cg_builder_read_cache(cg_builder* builder, const uint8_t* bytes, size_t size) {
  CG_CHECK(builder != nullptr && builder->work.has_value());
  builder->work->read_cache({bytes, size});
}

void cg_builder_missing(cg_builder* builder, cg_text* plan, cg_text* header) {
  CG_CHECK(builder != nullptr && plan != nullptr && header != nullptr && builder->work.has_value());
  VectorWork& work = *builder->work;
  std::string out;
  append_number(out, "{\"missing\":", work.take_missing().size());
  append_number(out, ",\"good\":", work.cache().good_bytes());
  give(builder, out + "}", plan);
  const Bytes& bytes = work.cache().header();
  *header = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

int32_t cg_builder_text(cg_builder* builder, uint32_t number, cg_text* text) {
  CG_CHECK(builder != nullptr && text != nullptr && builder->work.has_value());
  const std::vector<std::uint32_t>& missing = builder->work->missing();
  if (number >= missing.size()) return 0;
  const EmbedText& found = builder->work->texts()[missing[number]];
  const ModelCard& card = builder->model.card;
  builder->encoded = (found.query ? card.query_prefix : card.passage_prefix) + found.text;
  *text = {builder->encoded.data(), builder->encoded.size()};
  return 1;
}

void cg_builder_vectors(cg_builder* builder, uint32_t first, uint32_t count, const int8_t* vectors,
                        cg_text* records) {
  CG_CHECK(builder != nullptr && records != nullptr && builder->work.has_value());
  VectorWork& work = *builder->work;
  builder->records = work.add(first, {vectors, count * work.dimensions()});
  *records = {reinterpret_cast<const char*>(builder->records.data()), builder->records.size()};
}

double cg_builder_share(cg_builder* builder) {
  CG_CHECK(builder != nullptr && builder->work.has_value());
  return builder->work->share();
}

cg_status cg_builder_finish(cg_builder* builder, cg_text* report) {
  CG_CHECK(builder != nullptr && report != nullptr);
  BuildOptions options;
  options.stemmer = builder->stemmer.get();
  const VectorSource source = given_vectors(*builder);
  if (builder->work.has_value()) options.vectors = &source;
  std::optional<SeedReaders> readers;
  if (builder->readers.has_value()) {
    readers = builder->seed.keep_for(*builder->readers, builder->builder.languages(1));
  }
  if (!builder->seed.empty()) options.seed = &builder->seed;
  if (!builder->means.empty()) options.means = &builder->means;
  BuildReport built;
  Result<std::vector<BundleFile>> files = builder->builder.finish(options, &built);
  if (!files.ok()) return fail(builder, files.error());
  builder->files = std::move(*files);
  give(builder, build_report(built, readers), report);
  return 0;
}

int32_t cg_builder_file(cg_builder* builder, uint32_t number, cg_text* name, cg_text* bytes) {
  CG_CHECK(builder != nullptr && name != nullptr && bytes != nullptr);
  if (number >= builder->files.size()) return 0;
  const BundleFile& file = builder->files[number];
  *name = {file.name.data(), file.name.size()};
  *bytes = {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()};
  return 1;
}

void cg_builder_error(cg_builder* builder, cg_text* out) {
  CG_CHECK(builder != nullptr && out != nullptr);
  *out = {builder->error.data(), builder->error.size()};
}

}  // extern "C"

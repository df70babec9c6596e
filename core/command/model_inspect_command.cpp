// `crossglot model inspect`: what a pack holds, and whether every file of it is whole. Every file is read and hashed.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "build/model/pack_reader.h"
#include "command/command.h"
#include "command/model_folder.h"
#include "command/model_place.h"
#include "command/terminal.h"
#include "embed/pack_header.h"
#include "text/tokenizer.h"

namespace crossglot::command {
namespace {

struct GroupReport {
  std::string label;
  std::uint64_t rows = 0, pages = 0, present = 0, stored = 0, raw = 0;
};

struct ModelReport {
  std::uint64_t encoder_stored = 0, encoder_raw = 0, largest = 0;
  std::vector<GroupReport> groups;
};

Status check_pages(const PackReader& reader, ModelReport& report) {
  const Result<RowTable> table = reader.read_rows();
  if (!table) return table.error();
  Progress progress;
  for (const RowGroup& group : table->groups()) {
    GroupReport& entry = report.groups.emplace_back();
    entry.label = group.label;
    entry.rows = group.rows;
    entry.pages = group.page_count;
    for (std::uint32_t page = group.first_page; page < group.first_page + group.page_count; ++page) {
      const RowPageEntry& file = table->pages()[page];
      if (!file.present()) continue;
      progress.show("checking", static_cast<double>(page) / static_cast<double>(table->pages().size()));
      if (const Result<RowPage> rows = reader.read_page(*table, page); !rows) return rows.error();
      ++entry.present;
      entry.stored += file.file.stored_size;
      entry.raw += file.file.raw_size;
      report.largest = std::max<std::uint64_t>(report.largest, file.file.stored_size);
    }
  }
  return ok_status();
}

Result<ModelReport> check(const PackReader& reader) {
  const ModelDescription& description = reader.description();
  ModelReport report;
  if (const Result<EncoderPack> encoder = reader.read_encoder(); !encoder) return encoder.error();
  const Result<Bytes> bytes = reader.read_tokenizer();
  if (!bytes) return bytes.error();
  const Result<Tokenizer> tokenizer = Tokenizer::create(*bytes);
  if (!tokenizer) {
    return make_error(tokenizer.error().code, description.tokenizer.name + ": " + tokenizer.error().message);
  }
  if (tokenizer->piece_count() != description.shape.pieces) {
    return make_error(ErrorCode::kCorrupt, description.tokenizer.name + ": not as many pieces as there are rows");
  }
  for (const PackFile& file : description.encoder) {
    report.encoder_stored += file.size;
    report.encoder_raw += file.raw;
    report.largest = std::max(report.largest, file.size);
  }
  report.largest = std::max({report.largest, description.tokenizer.size, description.rows.size});
  if (Status status = check_pages(reader, report); !status) return status.error();
  return report;
}

const char* pooling_name(Pooling pooling) {
  return pooling == Pooling::kMean ? "mean" : "cls";
}

void print_json(const ModelDescription& description, const ModelReport& report) {
  const EncoderShape& shape = description.shape;
  nlohmann::ordered_json root;
  root["format"] = kPackVersion;
  root["generator"] = description.generator;
  root["id"] = description.id;
  root["name"] = description.card.name;
  root["license"] = description.card.license;
  root["source"] = description.card.source;
  root["shape"] = {{"layers", shape.layers},
                   {"hidden", shape.hidden},
                   {"heads", shape.heads},
                   {"feedForward", shape.feed_forward},
                   {"positions", shape.positions},
                   {"pieces", shape.pieces},
                   {"pooling", pooling_name(shape.pooling)}};
  root["prefixes"] = {{"query", description.card.query_prefix}, {"passage", description.card.passage_prefix}};
  root["files"] = description.files;
  root["bytes"] = description.bytes;
  root["largestFile"] = report.largest;
  root["encoder"] = {
      {"files", description.encoder.size()}, {"raw", report.encoder_raw}, {"stored", report.encoder_stored}};
  root["tokenizer"] = {{"kind", description.tokenizer_kind},
                       {"raw", description.tokenizer.raw},
                       {"stored", description.tokenizer.size}};
  root["table"] = {{"raw", description.rows.raw}, {"stored", description.rows.size}};
  root["groups"] = nlohmann::ordered_json::array();
  for (const GroupReport& group : report.groups) {
    root["groups"].push_back({{"label", group.label},
                              {"rows", group.rows},
                              {"pages", group.pages},
                              {"present", group.present},
                              {"raw", group.raw},
                              {"stored", group.stored}});
  }
  std::printf("%s\n", root.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
}

void print_text(const ModelDescription& description, const ModelReport& report) {
  const EncoderShape& shape = description.shape;
  const std::string license = description.card.license.empty() ? "licence not known" : description.card.license;
  std::printf("%s (%s), %s, format %u: %s files, %s, largest %s; all files are whole\n",
              description.card.name.c_str(), license.c_str(), description.generator.c_str(),
              static_cast<unsigned>(kPackVersion), grouped(description.files).c_str(),
              readable_size(description.bytes).c_str(), readable_size(report.largest).c_str());
  if (!description.card.source.empty()) std::printf("%s\n", description.card.source.c_str());
  std::printf("%u layers of %u, %u heads, feed-forward %u, %u positions, %s pooling, id %s\n\n", shape.layers,
              shape.hidden, shape.heads, shape.feed_forward, shape.positions, pooling_name(shape.pooling),
              description.id.c_str());
  std::printf("%-10s %10s %7s %10s\n", "part", "rows", "files", "stored");
  std::printf("%-10s %10s %7zu %10s\n", "encoder", "", description.encoder.size(),
              readable_size(report.encoder_stored).c_str());
  std::printf("%-10s %10s %7d %10s\n", description.tokenizer_kind.c_str(), grouped(shape.pieces).c_str(), 1,
              readable_size(description.tokenizer.size).c_str());
  std::printf("%-10s %10s %7d %10s\n", "table", "", 1, readable_size(description.rows.size).c_str());
  for (const GroupReport& group : report.groups) {
    const std::string pages =
        group.present == group.pages ? grouped(group.pages) : grouped(group.present) + "/" + grouped(group.pages);
    std::printf("%-10s %10s %7s %10s\n", group.label.c_str(), grouped(group.rows).c_str(), pages.c_str(),
                readable_size(group.stored).c_str());
  }
}

}  // namespace

int run_model_inspect(const ModelInspectCommand& options) {
  const Result<std::string> folder = find_model(options.model);
  if (!folder) return fail(folder.error());
  const Result<PackReader> reader = PackReader::open(read_from_folder(*folder));
  if (!reader) return fail(reader.error());
  const Result<ModelReport> report = check(*reader);
  if (!report) return fail(report.error());
  if (options.json) {
    print_json(reader->description(), *report);
  } else {
    print_text(reader->description(), *report);
  }
  return kExitDone;
}

}  // namespace crossglot::command

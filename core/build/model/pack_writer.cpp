#include "build/model/pack_writer.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "build/gzip.h"
#include "build/model/row_order.h"
#include "build/parallel.h"
#include "embed/pack_encoder.h"
#include "embed/pack_header.h"
#include "embed/pack_rows.h"

namespace crossglot {
namespace {

constexpr const char* kGenerator = "crossglot " CROSSGLOT_VERSION;
constexpr std::size_t kEncoderFileBytes = std::size_t{2} << 20;  // a broken download repeats no more
constexpr std::size_t kPageBytesMin = std::size_t{64} << 10;     // smaller ones cost a request for little
constexpr std::size_t kNameDigestBytes = 8;
constexpr std::size_t kIdBytes = 16;

struct Content {
  Bytes raw;
  Bytes stored;
  Sha256 sha256{};
};

void store(std::vector<Content>& contents, unsigned threads) {
  run_parallel(contents.size(), threads, [&](std::size_t i) {
    contents[i].sha256 = sha256(contents[i].raw);
    contents[i].stored = gzip(contents[i].raw);
  });
}

std::string file_name(const Content& content) {
  return hex(ByteSpan(content.sha256).first(kNameDigestBytes)) + kPackExtension;
}

PackFile describe(const Content& content) {
  return {file_name(content), content.stored.size(), content.raw.size(), hex(content.sha256)};
}

// The shape's file, then as many whole layers a file as stay below kEncoderFileBytes, and at least one.
std::vector<Content> encoder_contents(const EncoderWeights& weights) {
  std::vector<Content> contents;
  contents.push_back({build_encoder_file(weights), {}, {}});
  std::uint32_t first = 0;
  while (first < weights.shape.layers) {
    Bytes file = build_layers_file(weights, first, 1);
    std::uint32_t count = 1;
    while (first + count < weights.shape.layers) {
      Bytes longer = build_layers_file(weights, first, count + 1);
      if (longer.size() > kEncoderFileBytes) break;
      file = std::move(longer);
      ++count;
    }
    contents.push_back({std::move(file), {}, {}});
    first += count;
  }
  return contents;
}

// Rows that are gathered from all over the matrix.
Bytes page_content(const BlockMatrix& rows, std::span<const std::uint32_t> pieces) {
  const std::size_t blocks = rows.columns / kBlockWeights;
  const std::size_t bytes = blocks * block_bytes(rows.encoding);
  std::vector<std::uint16_t> scales;
  Bytes codes;
  for (const std::uint32_t piece : pieces) {
    const auto scale = rows.scales.subspan(piece * blocks, blocks);
    const auto code = rows.codes.subspan(piece * bytes, bytes);
    scales.insert(scales.end(), scale.begin(), scale.end());
    codes.insert(codes.end(), code.begin(), code.end());
  }
  BlockMatrix page = rows;
  page.rows = static_cast<std::uint32_t>(pieces.size());
  page.scales = scales;
  page.codes = codes;
  return build_row_page(page);
}

struct Pages {
  RowTableParts table;
  std::vector<Content> contents;  // a page each, those that are left out too
};

Pages make_pages(const Model& model) {
  const RowOrder& order = model.order;
  std::vector<std::vector<std::uint32_t>> pieces(order.labels.size());
  for (std::uint32_t piece = 0; piece < order.group_of_piece.size(); ++piece) {
    pieces[order.group_of_piece[piece]].push_back(piece);
  }
  std::vector<std::uint32_t> sizes;
  for (const auto& group : pieces) sizes.push_back(static_cast<std::uint32_t>(group.size()));
  const std::size_t row_bytes = model.rows.columns / kBlockWeights * (2 + block_bytes(model.rows.encoding));
  const std::uint32_t limit = rows_a_page(sizes, row_bytes);
  Pages pages;
  pages.table.hidden = model.rows.columns;
  pages.table.group_of_piece = order.group_of_piece;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::span<const std::uint32_t> group(pieces[i]);
    RowGroup& entry = pages.table.groups.emplace_back();
    entry.label = order.labels[i];
    for (std::size_t begin = 0; begin < group.size(); begin += limit) {
      const auto part = group.subspan(begin, std::min<std::size_t>(limit, group.size() - begin));
      pages.contents.push_back({page_content(model.rows, part), {}, {}});
      pages.table.pages.emplace_back().rows = static_cast<std::uint32_t>(part.size());
      ++entry.page_count;
    }
  }
  return pages;
}

// Fills the table's entries; pages of groups that are not needed get none, and their content goes away.
void list_pages(Pages& pages, const std::vector<bool>& needed) {
  std::size_t next = 0;
  for (std::size_t group = 0; group < pages.table.groups.size(); ++group) {
    for (std::uint32_t i = 0; i < pages.table.groups[group].page_count; ++i, ++next) {
      Content& content = pages.contents[next];
      RowPageFile& entry = pages.table.pages[next].file;
      entry.sha256 = content.sha256;
      if (!needed[group]) {
        content = {};
        continue;
      }
      entry.stored_size = static_cast<std::uint32_t>(content.stored.size());
      entry.raw_size = static_cast<std::uint32_t>(content.raw.size());
    }
  }
}

// Names what decides a vector: encoder, tokenizer, prefixes and rows, in whatever order the rows are stored.
std::string content_id(const Model& model, const std::vector<Content>& encoder, const Content& tokenizer) {
  ByteWriter all;
  for (const Content& content : encoder) all.append(ByteSpan(content.sha256));
  all.append(ByteSpan(tokenizer.sha256));
  all.append(ByteSpan(sha256(build_row_page(model.rows))));
  all.string(model.card.query_prefix);
  all.string(model.card.passage_prefix);
  const Sha256 digest = sha256(all.bytes());
  return hex(ByteSpan(digest).first(kIdBytes));
}

// Equal contents have one name and are one file.
class FileList {
 public:
  void add(Content content) {
    std::string name = file_name(content);
    if (!names_.insert(name).second) return;
    bytes_ += content.stored.size();
    files_.push_back({std::move(name), std::move(content.stored)});
  }
  std::uint64_t bytes() const { return bytes_; }
  std::size_t count() const { return files_.size(); }
  std::vector<BundleFile> finish(const std::string& description) {
    files_.push_back({kDescriptionName, Bytes(description.begin(), description.end())});
    return std::move(files_);
  }

 private:
  std::set<std::string> names_;
  std::vector<BundleFile> files_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::uint32_t rows_a_page(std::span<const std::uint32_t> group_rows, std::size_t row_bytes) {
  const auto pages = [&](std::uint32_t limit) {
    std::uint64_t count = 0;
    for (const std::uint32_t rows : group_rows) count += (std::uint64_t{rows} + limit - 1) / limit;
    return count;
  };
  std::uint64_t total = 0;
  for (const std::uint32_t rows : group_rows) total += rows;
  auto limit = static_cast<std::uint32_t>(std::max<std::uint64_t>((total + kRowPagesMax - 1) / kRowPagesMax,
                                                                  (kPageBytesMin + row_bytes - 1) / row_bytes));
  while (pages(limit) > kRowPagesMax) ++limit;
  return limit;
}

Result<std::vector<BundleFile>> write_pack(const Model& model, const PackOptions& options) {
  CG_CHECK(model.order.group_of_piece.size() == model.rows.rows && model.rows.rows == model.weights.shape.pieces);
  std::vector<bool> needed(model.order.labels.size(), true);
  if (!options.languages.empty()) needed = groups_of_languages(model.order, options.languages);
  std::vector<Content> encoder = encoder_contents(model.weights);
  for (const Content& content : encoder) {
    if (content.raw.size() > kPackRawBytesMax) {
      return make_error(ErrorCode::kInput, "a layer of the model is larger than a file of a pack may be");
    }
  }
  std::vector<Content> rest;
  rest.push_back({model.tokenizer, {}, {}});
  store(encoder, options.threads);
  store(rest, options.threads);
  Pages pages = make_pages(model);
  store(pages.contents, options.threads);

  ModelDescription description;
  description.generator = kGenerator;
  description.card = model.card;
  description.shape = model.weights.shape;
  description.tokenizer_kind = model.tokenizer_kind;
  description.id = model.id.empty() ? content_id(model, encoder, rest.front()) : model.id;
  list_pages(pages, needed);
  rest.push_back({build_row_table(pages.table), {}, {}});
  rest.back().sha256 = sha256(rest.back().raw);
  rest.back().stored = gzip(rest.back().raw);
  description.tokenizer = describe(rest.front());
  description.rows = describe(rest.back());
  FileList files;
  for (Content& content : encoder) {
    description.encoder.push_back(describe(content));
    files.add(std::move(content));
  }
  for (Content& content : rest) files.add(std::move(content));
  for (Content& content : pages.contents) {
    if (content.raw.empty()) continue;
    ++description.pages;
    files.add(std::move(content));
  }
  description.files = files.count();
  description.bytes = files.bytes();
  return files.finish(write_description(description));
}

}  // namespace crossglot

// Bytes are hostile until they are read: cut anywhere, with any byte flipped, a file of a pack or of a source is an
// error or a model that can be used, and no reader leaves its bytes (the sanitizers of the `asan` preset watch).
#include <catch_amalgamated.hpp>
#include <functional>

#include "build/gzip.h"
#include "build/model/e5s1.h"
#include "build/model/hugging_face.h"
#include "build/model/pack_reader.h"
#include "build/model/pack_writer.h"
#include "embed/pack_header.h"
#include "model/samples.h"

namespace crossglot::test {
namespace {

std::vector<BundleFile> sample_pack() {
  static const std::vector<BundleFile> files = [] {
    Result<Model> model = import_e5s1(e5s1_file(), {});
    REQUIRE(model);
    Result<std::vector<BundleFile>> pack = write_pack(*model, {});
    REQUIRE(pack);
    return std::move(*pack);
  }();
  return files;
}

// Reads all that a pack has; the error's code, or kOk.
Error read_all(const Folder& folder) {
  const Result<PackReader> reader = PackReader::open(reader_of(folder));
  if (!reader) return reader.error();
  const Result<Model> model = reader->read_model();
  return model ? Error{} : model.error();
}

Bytes content_of(const Folder& folder, const std::string& name) {
  Result<Bytes> content = gunzip(folder.at(name), kPackRawBytesMax);
  REQUIRE(content);
  return std::move(*content);
}

ModelDescription description_of(const Folder& folder) {
  Result<ModelDescription> description = read_description(as_text(folder.at(kDescriptionName)));
  REQUIRE(description);
  return std::move(*description);
}

TEST_CASE("a stored file that is cut, flipped, longer, empty or not there is an error that names it") {
  const Folder whole = folder_of(sample_pack());
  REQUIRE(read_all(whole).code == ErrorCode::kOk);
  for (const auto& [name, bytes] : whole) {
    if (name == kDescriptionName) continue;
    std::vector<Bytes> variants = {{}, Bytes(bytes.begin(), bytes.end() - 1), bytes, bytes, bytes};
    variants[2].push_back(0);
    variants[3][bytes.size() / 2] ^= 0x10;
    variants[4][bytes.size() - 6] ^= 0x01;  // the checksum
    for (const Bytes& variant : variants) {
      Folder folder = whole;
      folder[name] = variant;
      const Error error = read_all(folder);
      CHECK(error.code == ErrorCode::kCorrupt);
      CHECK(error.message.find(name) != std::string::npos);
    }
    Folder folder = whole;
    folder.erase(name);
    CHECK(read_all(folder).code == ErrorCode::kMissing);
  }
}

TEST_CASE("a whole file of the wrong content is an error") {
  const Folder whole = folder_of(sample_pack());
  const ModelDescription description = description_of(whole);
  Folder folder = whole;
  Bytes content = content_of(whole, description.encoder[1].name);
  content.back() ^= 0x01;
  folder[description.encoder[1].name] = gzip(content);
  CHECK(read_all(folder).code == ErrorCode::kCorrupt);
}

TEST_CASE("model.json cut off at any byte, or with a field of another kind, is an error") {
  const Folder whole = folder_of(sample_pack());
  const std::string text(as_text(whole.at(kDescriptionName)));
  std::vector<std::string> variants = {"", "[]", "null", "{}", R"({"format":1})", std::string(2u << 20, ' ')};
  for (std::size_t size = 0; size + 2 < text.size(); size += 7) variants.push_back(text.substr(0, size));
  for (const std::string& variant : variants) {
    const Result<ModelDescription> description = read_description(variant);
    REQUIRE_FALSE(description);
    CHECK(description.error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("a field of model.json that is impossible is an error of its own kind") {
  const struct {
    const char* from;
    const char* to;
    ErrorCode code;
  } changes[] = {
      {"\"format\": 1", "\"format\": 2", ErrorCode::kTooNew},
      {"\"format\": 1", "\"format\": 999999999999", ErrorCode::kTooNew},
      {"\"format\": 1", "\"format\": 0", ErrorCode::kTooOld},
      {"\"format\": 1", "\"format\": -1", ErrorCode::kCorrupt},
      {"\"family\": \"bert\"", "\"family\": \"t5\"", ErrorCode::kInput},
      {"\"hidden\": 64", "\"hidden\": 65", ErrorCode::kCorrupt},
      {"\"hidden\": 64", "\"hidden\": 128", ErrorCode::kCorrupt},
      {"\"hidden\": 64", "\"hidden\": -64", ErrorCode::kCorrupt},
      {"\"layers\": 2", "\"layers\": 0", ErrorCode::kCorrupt},
      {"\"layers\": 2", "\"layers\": 4294967298", ErrorCode::kCorrupt},
      {"\"layers\": 2", "\"layers\": 1", ErrorCode::kCorrupt},
      {"\"heads\": 2", "\"heads\": 7", ErrorCode::kCorrupt},
      {"\"pieces\": 40", "\"pieces\": 41", ErrorCode::kCorrupt},
      {"\"pieces\": 40", "\"pieces\": 4000000000", ErrorCode::kCorrupt},
      {"\"pooling\": \"mean\"", "\"pooling\": \"max\"", ErrorCode::kCorrupt},
      {"\"raw\": ", "\"raw\": -", ErrorCode::kCorrupt},
      {"\"size\": ", "\"size\": 99999999999999999999", ErrorCode::kCorrupt},
      {"\"name\": \"multilingual-e5-small\"", "\"name\": 3", ErrorCode::kCorrupt},
      {"\"kind\": \"unigram\",\n    \"name\": \"", "\"kind\": \"unigram\",\n    \"name\": \"../",
       ErrorCode::kCorrupt},
  };
  for (const auto& change : changes) {
    Folder folder = folder_of(sample_pack());
    replace(folder, kDescriptionName, change.from, change.to);
    INFO(change.to);
    CHECK(read_all(folder).code == change.code);
  }
}

using ReadContent = std::function<ErrorCode(const Bytes&)>;

// Every prefix, and every byte with some bits turned: mostly errors; where not, what was read can be used.
void damage(const Bytes& whole, std::size_t step, const ReadContent& read) {
  REQUIRE(read(whole) == ErrorCode::kOk);
  std::size_t errors = 0;
  for (std::size_t size = 0; size < whole.size(); size += step) {
    if (read(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))) != ErrorCode::kOk) ++errors;
  }
  CHECK(errors == (whole.size() + step - 1) / step);
  for (std::size_t at = 0; at < whole.size(); at += at < 200 ? 1 : step) {
    for (const std::uint8_t bits : {0x01, 0x80, 0xff}) {
      Bytes bytes = whole;
      bytes[at] ^= bits;
      const ErrorCode code = read(bytes);
      CHECK((code == ErrorCode::kOk || code == ErrorCode::kCorrupt || code == ErrorCode::kTooNew ||
             code == ErrorCode::kTooOld));
    }
  }
  Bytes newer = whole;
  newer[4] = kPackVersion + 1;
  CHECK(read(newer) == ErrorCode::kTooNew);
}

TEST_CASE("contents of a pack, cut and flipped, are errors or can be used") {
  const Folder folder = folder_of(sample_pack());
  const ModelDescription description = description_of(folder);
  const Bytes shape = content_of(folder, description.encoder[0].name);
  damage(shape, 17, [](const Bytes& bytes) {
    EncoderPack pack;
    const Status status = pack.attach(bytes);
    return status ? ErrorCode::kOk : status.error().code;
  });
  damage(content_of(folder, description.encoder[1].name), 331, [&](const Bytes& bytes) {
    EncoderPack pack;
    REQUIRE(pack.attach(shape));
    const Status status = pack.attach(bytes);
    if (!status) CHECK_FALSE(pack.complete());
    return status ? ErrorCode::kOk : status.error().code;
  });
  const Bytes table = content_of(folder, description.rows.name);
  damage(table, 1, [](const Bytes& bytes) {
    const Result<RowTable> rows = RowTable::open(bytes);
    if (!rows) return rows.error().code;
    for (std::uint32_t piece = 0; piece < rows->pieces(); ++piece) {
      const RowPlace place = rows->place(piece);
      CHECK(place.row < rows->pages().at(place.page).rows);
    }
    return ErrorCode::kOk;
  });
  const Result<RowTable> rows = RowTable::open(table);
  REQUIRE(rows);
  damage(content_of(folder, rows->pages()[0].file.name), 3, [&](const Bytes& bytes) {
    const Result<RowPage> page = RowPage::open(bytes, rows->pages()[0].rows, rows->hidden());
    if (!page) return page.error().code;
    CHECK(page->row(page->rows() - 1).codes.size() == 2 * 16);
    return ErrorCode::kOk;
  });
}

TEST_CASE("layers that are not the next ones, or of another model, are rejected and the pack goes on") {
  const Folder folder = folder_of(sample_pack());
  const ModelDescription description = description_of(folder);
  const Bytes shape = content_of(folder, description.encoder[0].name);
  const Bytes layers = content_of(folder, description.encoder[1].name);
  EncoderPack pack;
  CHECK_FALSE(pack.attach(layers));
  REQUIRE(pack.attach(shape));
  CHECK_FALSE(pack.attach(shape));
  CHECK_FALSE(pack.complete());
  REQUIRE(pack.attach(layers));
  CHECK(pack.complete());
  CHECK_FALSE(pack.attach(layers));
  CHECK(pack.weights().layers.size() == 2);
}

TEST_CASE("an E5S1 file that is cut anywhere is an error, and flipped it is one or a model") {
  const Bytes whole = e5s1_file();
  for (std::size_t size = 0; size < whole.size(); size += size < 3000 ? 7 : 997) {
    const Result<Model> model = import_e5s1(ByteSpan(whole).first(size), {});
    REQUIRE_FALSE(model);
    CHECK(model.error().code == ErrorCode::kInput);
  }
  for (std::size_t at = 4; at < 3000; at += 3) {
    Bytes bytes = whole;
    bytes[at] ^= 0xff;
    const Result<Model> model = import_e5s1(bytes, {});
    if (!model) CHECK((model.error().code == ErrorCode::kInput || model.error().code == ErrorCode::kTooNew));
  }
}

TEST_CASE("files of a Hugging Face folder, cut and flipped, are errors or models") {
  const Folder whole = hugging_face_folder();
  for (const auto& [name, bytes] : whole) {
    for (std::size_t size = 0; size < std::min<std::size_t>(bytes.size(), 4000); size += 37) {
      Folder folder = whole;
      folder[name].resize(size);
      const Result<Model> model = import_hugging_face(reader_of(folder), {}, BlockEncoding::kInt8);
      REQUIRE_FALSE(model);
      CHECK(model.error().code == ErrorCode::kInput);
    }
    for (std::size_t at = 0; at < std::min<std::size_t>(bytes.size(), 2000); at += 5) {
      Folder folder = whole;
      folder[name][at] ^= 0x15;
      const Result<Model> model = import_hugging_face(reader_of(folder), {}, BlockEncoding::kInt8);
      if (!model) CHECK(model.error().code == ErrorCode::kInput);
    }
  }
}

}  // namespace
}  // namespace crossglot::test

// The C interface of crossglot/encoder.h over embed/encoder.h. Only the encoder's modules link it.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/sha256.h"
#include "crossglot/encoder.h"
#include "embed/encoder.h"
#include "embed/loaded_rows.h"
#include "embed/pack_encoder.h"
#include "text/tokenizer.h"

using namespace crossglot;

struct cg_encoder {
  std::size_t pieces_max = 0;
  std::optional<Tokenizer> tokenizer;
  std::optional<RowTable> table;   // until the tokenizer is there too, which knows the unknown piece
  std::optional<LoadedRows> rows;  // of the table
  EncoderPack pack;                // until its last layer is packed
  std::optional<Encoder> encoder;  // grows with the pack
  std::optional<EncoderWorkspace> workspace;
  TokenizerWorkspace tokenizer_workspace;
  std::vector<std::uint32_t> pieces;
  std::vector<std::uint32_t> pages;
  std::vector<float> vector;
  std::vector<std::int8_t> bytes;
  std::string error;

  bool ready() const { return rows.has_value() && workspace.has_value(); }
};

namespace {

cg_status fail(cg_encoder* encoder, const Error& error) {
  encoder->error = error.message;
  return static_cast<cg_status>(error.code);
}

cg_status finish(cg_encoder* encoder, const Status& status) {
  return status.ok() ? 0 : fail(encoder, status.error());
}

Error broken(const char* what) {
  return make_error(ErrorCode::kCorrupt,
                    std::string("the model's ") + what + " is not the one that model.json names");
}

bool has_hash(ByteSpan bytes, const std::uint8_t* expected) {
  if (expected == nullptr) return true;
  const Sha256 digest = sha256(bytes);
  return std::equal(digest.begin(), digest.end(), expected);
}

// Files that are whole and yet of two models: rows of another size than the encoder's, whichever comes first.
bool of_one_size(const cg_encoder& encoder, const EncoderShape& shape) {
  const RowTable* table = encoder.rows.has_value()    ? &encoder.rows->table()
                          : encoder.table.has_value() ? &*encoder.table
                                                      : nullptr;
  return table == nullptr || table->hidden() == shape.hidden;
}

// Rows know which piece is unknown from the tokenizer: whichever comes second makes them.
Status join_rows(cg_encoder& encoder, const std::optional<Tokenizer>& tokenizer, std::optional<RowTable>& table) {
  if (!tokenizer.has_value() || !table.has_value()) return ok_status();
  if (table->pieces() < tokenizer->piece_count()) return broken("table of rows");
  Result<LoadedRows> rows = LoadedRows::create(std::move(*table), tokenizer->special().unknown);
  table.reset();
  if (!rows.ok()) return rows.error();
  encoder.rows = std::move(*rows);
  return ok_status();
}

// The pieces of a text: begin, as many of its own as fit, end.
void find_pieces(cg_encoder& encoder, std::string_view text) {
  const SpecialPieces& special = encoder.tokenizer->special();
  std::size_t most = encoder.pieces_max;
  if (encoder.encoder.has_value()) most = std::min<std::size_t>(most, encoder.encoder->shape().positions);
  encoder.pieces.clear();
  encoder.pieces.push_back(special.begin);
  encoder.tokenizer->tokenize(text, encoder.tokenizer_workspace, encoder.pieces);
  encoder.pieces.resize(std::min(encoder.pieces.size(), most - 1));
  encoder.pieces.push_back(special.end);
}

// Packs the layers that have arrived and are not packed yet.
Status pack_layers(cg_encoder& encoder) {
  const EncoderWeights& weights = encoder.pack.weights_so_far();
  if (!encoder.encoder.has_value()) {
    if (!of_one_size(encoder, weights.shape)) {
      encoder.pack = EncoderPack();
      return broken("encoder");
    }
    Result<Encoder> made = Encoder::create(weights);
    if (!made.ok()) return made.error();
    encoder.encoder = std::move(*made);
  }
  for (std::size_t i = encoder.encoder->layer_count(); i < weights.layers.size(); ++i) {
    if (Status status = encoder.encoder->add_layer(weights.layers[i]); !status) return status;
  }
  if (encoder.encoder->ready()) {
    encoder.pack = EncoderPack();
    const std::size_t hidden = encoder.encoder->shape().hidden;
    encoder.workspace.emplace(*encoder.encoder,
                              std::min<std::size_t>(encoder.pieces_max, encoder.encoder->shape().positions));
    encoder.vector.resize(hidden);
    encoder.bytes.resize(hidden);
  }
  return ok_status();
}

void give(std::string_view text, cg_text* out) {
  *out = {text.data(), text.size()};
}

}  // namespace

extern "C" {

uint32_t cg_encoder_abi_version(void) {
  return CG_ENCODER_ABI_VERSION;
}

void* cg_encoder_alloc(size_t size) {
  return std::malloc(size);
}
void cg_encoder_free(void* memory) {
  std::free(memory);
}

cg_encoder* cg_encoder_new(uint32_t pieces_max) {
  auto* encoder = new cg_encoder();
  encoder->pieces_max = std::max<std::size_t>(pieces_max, 2);
  return encoder;
}
void cg_encoder_delete(cg_encoder* encoder) {
  delete encoder;
}

cg_status cg_encoder_add_tokenizer(cg_encoder* encoder, const uint8_t* bytes, size_t size, const uint8_t* sha256) {
  CG_CHECK(encoder != nullptr && !encoder->tokenizer.has_value());
  if (!has_hash({bytes, size}, sha256)) return fail(encoder, broken("tokenizer"));
  Result<Tokenizer> tokenizer = Tokenizer::create({bytes, size});
  if (!tokenizer.ok()) return fail(encoder, tokenizer.error());
  std::optional<Tokenizer> made(std::move(*tokenizer));
  if (Status joined = join_rows(*encoder, made, encoder->table); !joined) return finish(encoder, joined);
  encoder->tokenizer = std::move(made);
  return 0;
}

cg_status cg_encoder_add_rows(cg_encoder* encoder, const uint8_t* bytes, size_t size, const uint8_t* sha256) {
  CG_CHECK(encoder != nullptr && !encoder->table.has_value() && !encoder->rows.has_value());
  if (!has_hash({bytes, size}, sha256)) return fail(encoder, broken("table of rows"));
  Result<RowTable> table = RowTable::open({bytes, size});
  if (!table.ok()) return fail(encoder, table.error());
  if (encoder->encoder.has_value() && table->hidden() != encoder->encoder->shape().hidden) {
    return fail(encoder, broken("table of rows"));
  }
  std::optional<RowTable> made(std::move(*table));
  if (Status joined = join_rows(*encoder, encoder->tokenizer, made); !joined) return finish(encoder, joined);
  encoder->table = std::move(made);
  return 0;
}

cg_status cg_encoder_add_layers(cg_encoder* encoder, const uint8_t* bytes, size_t size, const uint8_t* sha256) {
  CG_CHECK(encoder != nullptr && !encoder->workspace.has_value());
  if (!has_hash({bytes, size}, sha256)) return fail(encoder, broken("encoder"));
  if (Status attached = encoder->pack.attach(Bytes(bytes, bytes + size)); !attached) return finish(encoder, attached);
  return finish(encoder, pack_layers(*encoder));
}

int32_t cg_encoder_ready(cg_encoder* encoder) {
  CG_CHECK(encoder != nullptr);
  return encoder->ready() ? 1 : 0;
}

cg_status cg_encoder_add_page(cg_encoder* encoder, uint32_t page, const uint8_t* bytes, size_t size) {
  CG_CHECK(encoder != nullptr && encoder->ready());
  return finish(encoder, encoder->rows->attach(page, Bytes(bytes, bytes + size)));
}

uint32_t cg_encoder_page_count(cg_encoder* encoder) {
  CG_CHECK(encoder != nullptr && encoder->ready());
  return static_cast<uint32_t>(encoder->rows->table().pages().size());
}

uint32_t cg_encoder_page_file(cg_encoder* encoder, uint32_t page, cg_text* name) {
  CG_CHECK(encoder != nullptr && name != nullptr && encoder->ready());
  give({}, name);
  const std::vector<RowPageEntry>& pages = encoder->rows->table().pages();
  if (page >= pages.size() || !pages[page].present()) return 0;
  give(pages[page].file.name, name);
  return pages[page].file.stored_size;
}

uint32_t cg_encoder_first_pages(cg_encoder* encoder) {
  CG_CHECK(encoder != nullptr && encoder->ready());
  const std::vector<RowGroup>& groups = encoder->rows->table().groups();
  return !groups.empty() && groups.front().label == "first" ? groups.front().page_count : 0;
}

cg_status cg_encoder_pieces(cg_encoder* encoder, const char* text, size_t size, cg_numbers* out) {
  CG_CHECK(encoder != nullptr && out != nullptr && encoder->tokenizer.has_value());
  find_pieces(*encoder, {text, size});
  *out = {encoder->pieces.data(), encoder->pieces.size()};
  return 0;
}

cg_status cg_encoder_needs(cg_encoder* encoder, const char* text, size_t size, cg_numbers* out) {
  CG_CHECK(encoder != nullptr && out != nullptr && encoder->ready());
  find_pieces(*encoder, {text, size});
  encoder->rows->missing(encoder->pieces, encoder->pages);
  *out = {encoder->pages.data(), encoder->pages.size()};
  return 0;
}

cg_status cg_encode(cg_encoder* encoder, const char* text, size_t size, const float** vector, const int8_t** bytes) {
  CG_CHECK(encoder != nullptr && vector != nullptr && encoder->ready());
  find_pieces(*encoder, {text, size});
  const Status encoded =
      encoder->encoder->encode(*encoder->rows, encoder->pieces, *encoder->workspace, encoder->vector);
  if (!encoded) return finish(encoder, encoded);
  *vector = encoder->vector.data();
  if (bytes != nullptr) {
    quantise_vector(encoder->vector, encoder->bytes);
    *bytes = encoder->bytes.data();
  }
  return 0;
}

uint32_t cg_encoder_dimensions(cg_encoder* encoder) {
  CG_CHECK(encoder != nullptr && encoder->ready());
  return encoder->encoder->shape().hidden;
}

void cg_encoder_kernels(cg_encoder* encoder, cg_text* out) {
  CG_CHECK(encoder != nullptr && out != nullptr);
  give(active().name, out);
}

void cg_encoder_error(cg_encoder* encoder, cg_text* out) {
  CG_CHECK(encoder != nullptr && out != nullptr);
  give(encoder->error, out);
}

}  // extern "C"

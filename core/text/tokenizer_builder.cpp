#include "text/tokenizer_builder.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "text/utf8.h"

namespace crossglot {
namespace {

constexpr std::string_view kSpaceMark = "\xE2\x96\x81";  // U+2581

Error input_error(const std::string& what) {
  return make_error(ErrorCode::kInput, what);
}

std::string name(std::uint32_t id) {
  return "piece " + std::to_string(id);
}

Status check(const TokenizerPieces& input) {
  const std::size_t count = input.pieces.size();
  if (count > kPiecesMax) return input_error("there are more than " + std::to_string(kPiecesMax) + " pieces");
  const bool unigram = input.kind == TokenizerKind::kUnigram;
  if (unigram ? input.scores.size() != count : !input.scores.empty()) {
    return input_error("there are " + std::to_string(input.scores.size()) + " scores for " + std::to_string(count) +
                       " pieces");
  }
  const SpecialPieces& special = input.special;
  for (const std::uint32_t id : {special.unknown, special.begin, special.end, special.padding}) {
    if (id >= count) return input_error("special " + name(id) + " is not there");
    if (!input.pieces[id].empty()) return input_error("special " + name(id) + " is spelled");
  }
  for (std::uint32_t id = 0; id < count; ++id) {
    const std::string& piece = input.pieces[id];
    if (piece.empty()) continue;
    if (piece.size() > kPieceBytesMax) return input_error(name(id) + " is longer than 255 bytes");
    if (!valid_utf8(piece)) return input_error(name(id) + " is not UTF-8");
    if (unigram && !(std::isfinite(input.scores[id]) && input.scores[id] <= 0)) {
      return input_error(name(id) + " has a score that is no logarithm of a probability");
    }
  }
  return ok_status();
}

std::uint8_t option_bits(const TokenizerPieces& input) {
  const bool stand_alone = std::none_of(input.pieces.begin(), input.pieces.end(), [](const std::string& piece) {
    return piece.find(kSpaceMark, 1) != std::string::npos;
  });
  return static_cast<std::uint8_t>((input.bert.clean_text ? 1 : 0) | (input.bert.separate_han ? 2 : 0) |
                                   (input.bert.strip_accents ? 4 : 0) | (input.bert.lowercase ? 8 : 0) |
                                   (stand_alone ? 16 : 0));
}

void write_stream(ByteWriter& writer, ByteWriter& stream) {
  writer.string(as_text(stream.bytes()));
}

void write_scores(ByteWriter& writer, const TokenizerPieces& input) {
  ByteWriter stream;
  std::uint32_t before = 0x80000000;
  for (std::size_t id = 0; id < input.pieces.size(); ++id) {
    if (input.pieces[id].empty()) continue;
    // Zero may come with either sign.
    const std::uint32_t bits = input.scores[id] == 0 ? 0x80000000 : std::bit_cast<std::uint32_t>(input.scores[id]);
    const std::int64_t step = std::int64_t{bits} - std::int64_t{before};
    stream.varint(static_cast<std::uint64_t>(step) << 1 ^ static_cast<std::uint64_t>(step >> 63));
    before = bits;
  }
  write_stream(writer, stream);
}

}  // namespace

Result<Bytes> build_tokenizer(const TokenizerPieces& input) {
  if (Status status = check(input); !status) return status.error();
  std::vector<std::uint32_t> order;
  for (std::uint32_t id = 0; id < input.pieces.size(); ++id) {
    if (!input.pieces[id].empty()) order.push_back(id);
  }
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return input.pieces[a] < input.pieces[b]; });

  ByteWriter writer;
  writer.append("CGTK");
  writer.u8(kTokenizerVersion);
  writer.u8(static_cast<std::uint8_t>(input.kind));
  writer.u8(option_bits(input));
  writer.varint(input.bert.word_characters_max);
  writer.varint(input.pieces.size());
  for (const std::uint32_t id :
       {input.special.unknown, input.special.begin, input.special.end, input.special.padding})
    writer.varint(id);

  ByteWriter shared, sizes, suffixes, low, middle, high;
  std::string_view before;
  for (const std::uint32_t id : order) {
    const std::string_view piece = input.pieces[id];
    if (piece == before) return input_error(name(id) + " is there twice");
    const auto size = static_cast<std::size_t>(
        std::mismatch(piece.begin(), piece.end(), before.begin(), before.end()).first - piece.begin());
    shared.u8(static_cast<std::uint8_t>(size));
    sizes.u8(static_cast<std::uint8_t>(piece.size() - size));
    suffixes.append(piece.substr(size));
    low.u8(static_cast<std::uint8_t>(id));
    middle.u8(static_cast<std::uint8_t>(id >> 8));
    high.u8(static_cast<std::uint8_t>(id >> 16));
    before = piece;
  }
  for (ByteWriter* const stream : {&shared, &sizes, &suffixes, &low, &middle, &high}) write_stream(writer, *stream);
  if (input.kind == TokenizerKind::kUnigram) write_scores(writer, input);
  return writer.take();
}

}  // namespace crossglot

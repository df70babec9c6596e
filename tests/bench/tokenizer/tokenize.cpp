// tokenize - the tokenizers of the core on files, for compare.py beside it.
//
//   tokenize build PIECES TOKENIZER    writes what build_tokenizer makes of the file that compare.py writes
//   tokenize run TOKENIZER             texts from standard input, ids to standard output, seconds of tokenize() alone
//                                      to standard error
//   tokenize time TOKENIZER ROUNDS     times for the texts from standard input
// A text is a u32 and that many bytes, ids are a u32 and that many u32: little-endian.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/check.h"
#include "text/tokenizer.h"
#include "text/tokenizer_builder.h"

using namespace crossglot;

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

Bytes read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  CG_CHECK(file.good());
  return Bytes{std::istreambuf_iterator<char>(file), {}};
}

int build(const char* pieces_path, const char* out_path) {
  const Bytes file = read_file(pieces_path);
  ByteReader reader(file);
  TokenizerPieces pieces;
  pieces.kind = static_cast<TokenizerKind>(reader.u32());
  const std::uint32_t count = reader.u32();
  pieces.special = {reader.u32(), reader.u32(), reader.u32(), reader.u32()};
  pieces.bert.strip_accents = pieces.bert.lowercase = reader.u32() != 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    pieces.pieces.emplace_back(as_text(reader.take(reader.u32())));
    const std::uint32_t bits = reader.u32();
    float score = 0;
    std::memcpy(&score, &bits, sizeof score);
    if (pieces.kind == TokenizerKind::kUnigram) pieces.scores.push_back(score);
  }
  CG_CHECK(reader.finished());
  const Result<Bytes> bytes = build_tokenizer(pieces);
  if (!bytes) {
    std::fprintf(stderr, "%s\n", bytes.error().message.c_str());
    return 1;
  }
  std::ofstream out(out_path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes->data()), static_cast<std::streamsize>(bytes->size()));
  return out.good() ? 0 : 1;
}

bool read_u32(std::uint32_t& value) {
  std::uint8_t bytes[4];
  if (std::fread(bytes, 1, 4, stdin) != 4) return false;
  value = ByteReader(bytes).u32();
  return true;
}

bool read_text(std::string& text) {
  std::uint32_t size = 0;
  if (!read_u32(size)) return false;
  text.resize(size);
  return std::fread(text.data(), 1, size, stdin) == size;
}

int run(const Tokenizer& tokenizer) {
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> ids;
  double milliseconds = 0;
  for (std::string text; read_text(text);) {
    ids.clear();
    const Clock::time_point begin = Clock::now();
    tokenizer.tokenize(text, workspace, ids);
    milliseconds += milliseconds_since(begin);
    ByteWriter writer;
    writer.u32(static_cast<std::uint32_t>(ids.size()));
    for (const std::uint32_t id : ids) writer.u32(id);
    std::fwrite(writer.bytes().data(), 1, writer.size(), stdout);
  }
  std::fprintf(stderr, "%.6f\n", milliseconds / 1000);
  return 0;
}

int time(const Bytes& bytes, int rounds) {
  double ready = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    const Result<Tokenizer> tokenizer = Tokenizer::create(bytes);
    CG_CHECK(tokenizer.ok());
    ready = std::min(ready, milliseconds_since(begin));
  }
  const Result<Tokenizer> tokenizer = Tokenizer::create(bytes);
  std::vector<std::string> texts;
  for (std::string text; read_text(text);) texts.push_back(text);
  TokenizerWorkspace workspace;
  std::vector<std::uint32_t> ids;
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    for (const std::string& text : texts) {
      ids.clear();
      tokenizer->tokenize(text, workspace, ids);
    }
    best = std::min(best, milliseconds_since(begin));
  }
  std::printf("{\"ready_ms\": %.3f, \"texts_ms\": %.4f}\n", ready, best);
  return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const std::string_view command = argument_count > 2 ? arguments[1] : "";
  if (command == "build" && argument_count == 4) return build(arguments[2], arguments[3]);
  if (command != "run" && command != "time") {
    std::fprintf(stderr, "usage: tokenize build|run|time FILE...\n");
    return 2;
  }
  const Bytes bytes = read_file(arguments[2]);
  if (command == "time") return time(bytes, argument_count > 3 ? std::atoi(arguments[3]) : 5);
  const Result<Tokenizer> tokenizer = Tokenizer::create(bytes);
  if (!tokenizer) {
    std::fprintf(stderr, "%s\n", tokenizer.error().message.c_str());
    return 1;
  }
  return run(*tokenizer);
}

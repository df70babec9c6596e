// `crossglot embed`: a text a line on stdin, a vector each on stdout.
//
// Lines are taken in runs, so that a pipe of any length needs little memory and vectors come as texts do.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <thread>

#include "build/model/text_encoder.h"
#include "command/command.h"
#include "command/model_folder.h"
#include "command/model_place.h"

namespace crossglot::command {
namespace {

constexpr std::size_t kRunTexts = 512;
constexpr std::size_t kRunBytes = std::size_t{1} << 20;

// Lines of stdin without their ends ("\n" or "\r\n"); the last one need not have one.
class Lines {
 public:
  bool next(std::string& line) {
    line.clear();
    int byte = std::getc(stdin);
    if (byte == EOF) return false;
    for (; byte != EOF && byte != '\n'; byte = std::getc(stdin)) line.push_back(static_cast<char>(byte));
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }
};

std::vector<std::string> next_run(Lines& lines) {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  std::string line;
  while (texts.size() < kRunTexts && bytes < kRunBytes && lines.next(line)) {
    bytes += line.size();
    texts.push_back(line);
  }
  return texts;
}

// Nine digits name a float32 exactly.
std::string json_line(std::span<const float> vector) {
  std::string line = "[";
  char number[32];
  for (const float x : vector) {
    std::snprintf(number, sizeof number, "%s%.9g", line.size() > 1 ? "," : "", static_cast<double>(x));
    line += number;
  }
  return line + "]\n";
}

void append_float(float x, std::string& out) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(bits >> shift & 0xff));
}

std::string formatted(std::span<const float> vector, const std::string& format) {
  if (format == "json") return json_line(vector);
  std::string out;
  if (format == "int8") {
    std::vector<std::int8_t> bytes(vector.size());
    quantise_vector(vector, bytes);
    out.assign(bytes.begin(), bytes.end());
  } else {
    for (const float x : vector) append_float(x, out);
  }
  return out;
}

}  // namespace

int run_embed(const EmbedCommand& options) {
  if (options.query && options.passage) return fail("--query or --passage, not both");
  const Result<std::string> folder = find_model(options.model);
  if (!folder) return fail(folder.error());
  Result<TextEncoder> encoder = TextEncoder::open(read_from_folder(*folder));
  if (!encoder) return fail(make_error(encoder.error().code, *folder + ": " + encoder.error().message));
  const TextKind kind = options.passage ? TextKind::kPassage : TextKind::kQuery;
  const unsigned threads = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  Lines lines;
  std::vector<float> vectors;
  for (;;) {
    const std::vector<std::string> texts = next_run(lines);
    if (texts.empty()) break;
    vectors.resize(texts.size() * encoder->dimensions());
    if (const Status done = encoder->encode(texts, kind, threads, vectors); !done) return fail(done.error());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::span<const float> all(vectors);
      const std::string out =
          formatted(all.subspan(i * encoder->dimensions(), encoder->dimensions()), options.format);
      std::fwrite(out.data(), 1, out.size(), stdout);
    }
  }
  if (std::fflush(stdout) != 0) return fail("cannot write the vectors to the standard output");
  return kExitDone;
}

}  // namespace crossglot::command

// text_vectors PACK engine|float|pieces [PIECES]: lines of stdin, "query" or "passage", tab, text, to float32 vectors
// on stdout, or to lines of their pieces. Texts are cut at PIECES (128). What vectors.mjs asks.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

#include "embed/batch.h"
#include "embed/float_reference.h"
#include "embed/pack_fixture.h"

using namespace crossglot;

namespace {

void write(const std::vector<float>& vectors) {
  std::fwrite(vectors.data(), sizeof(float), vectors.size(), stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string engine = argc > 2 ? argv[2] : "";
  if (engine != "engine" && engine != "float" && engine != "pieces") return 2;
  const std::optional<test::RealModel> model = test::read_model(argv[1]);
  if (!model.has_value()) return 1;
  const std::size_t pieces_max = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 128;
  std::vector<std::vector<std::uint32_t>> texts;
  for (std::string line; std::getline(std::cin, line);) {
    const bool query = line.starts_with("query\t");
    const std::string& prefix = query ? model->query_prefix : model->passage_prefix;
    texts.push_back(test::pieces_of(*model, prefix, line.substr(line.find('\t') + 1), pieces_max));
  }
  if (engine == "pieces") {
    for (const std::vector<std::uint32_t>& text : texts) {
      for (std::size_t i = 0; i < text.size(); ++i) std::printf(i == 0 ? "%u" : " %u", text[i]);
      std::printf("\n");
    }
    return 0;
  }
  if (engine == "float") {
    const FloatReference reference(model->encoder.weights());
    for (const std::vector<std::uint32_t>& text : texts) write(reference.encode(model->rows, text));
    return 0;
  }
  const Result<Encoder> encoder = Encoder::create(model->encoder.weights());
  if (!encoder.ok()) return 1;
  std::vector<float> out(texts.size() * encoder->shape().hidden);
  if (!encode_batch(*encoder, model->rows, texts, 1, out)) return 1;
  write(out);
}

// An ONNX file is whole: every value is made before it is used, every constant has the size of its shape.
#include <catch_amalgamated.hpp>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "build/model/e5s1.h"
#include "build/model/hugging_face.h"
#include "build/model/onnx_export.h"
#include "embed/block_matrix.h"
#include "model/samples.h"

namespace crossglot::test {
namespace {

// A message of protocol buffers: its fields in their order. Numbers are in `number`, everything else in `bytes`.
struct Field {
  std::uint32_t field = 0;
  std::uint64_t number = 0;
  ByteSpan bytes;
  std::string text() const { return std::string(as_text(bytes)); }
};

std::vector<Field> fields_of(ByteSpan message) {
  std::vector<Field> fields;
  ByteReader reader(message);
  while (reader.remaining() > 0) {
    const std::uint32_t tag = reader.varint32();
    Field field;
    field.field = tag >> 3;
    if ((tag & 7) == 0) field.number = reader.varint();
    if ((tag & 7) == 2) field.bytes = reader.take(reader.varint());
    if ((tag & 7) == 5) field.bytes = reader.take(4);
    fields.push_back(field);
    REQUIRE_FALSE(reader.failed());
  }
  return fields;
}

struct Constant {
  std::uint64_t type = 0, values = 1;
  std::vector<std::uint64_t> shape;
  ByteSpan data;
};

struct Graph {
  std::map<std::string, Constant> constants;
  std::map<std::string, int> nodes;  // by type
  std::set<std::string> inputs, outputs;
};

Constant read_constant(const std::vector<Field>& fields, std::string& name) {
  Constant constant;
  for (const Field& field : fields) {
    if (field.field == 1) constant.shape.push_back(field.number);
    if (field.field == 1) constant.values *= field.number;
    if (field.field == 2) constant.type = field.number;
    if (field.field == 8) name = field.text();
    if (field.field == 9) constant.data = field.bytes;
  }
  return constant;
}

Graph read_graph(ByteSpan file) {
  Graph graph;
  std::set<std::string> known;
  std::set<std::string> used;
  for (const Field& part : fields_of(file)) {
    if (part.field != 7) continue;
    const std::vector<Field> fields = fields_of(part.bytes);
    for (const Field& field : fields) {  // constants may stand behind the nodes that use them
      if (field.field == 11) graph.inputs.insert(fields_of(field.bytes)[0].text());
      if (field.field == 12) graph.outputs.insert(fields_of(field.bytes)[0].text());
      if (field.field != 5) continue;
      std::string name;
      const Constant constant = read_constant(fields_of(field.bytes), name);
      CHECK(graph.constants.emplace(name, constant).second);
      known.insert(name);
    }
    known.insert(graph.inputs.begin(), graph.inputs.end());
    for (const Field& field : fields) {
      if (field.field != 1) continue;
      for (const Field& entry : fields_of(field.bytes)) {
        if (entry.field == 1) {
          INFO(entry.text());
          CHECK(known.contains(entry.text()));
          used.insert(entry.text());
        }
        if (entry.field == 2) CHECK(known.insert(entry.text()).second);
        if (entry.field == 4) ++graph.nodes[entry.text()];
      }
    }
  }
  for (const std::string& output : graph.outputs) CHECK(known.contains(output));
  for (const auto& [name, constant] : graph.constants) CHECK(used.contains(name));
  return graph;
}

std::size_t value_bytes(std::uint64_t type) {
  const std::map<std::uint64_t, std::size_t> sizes = {{1, 4}, {2, 1}, {3, 1}, {7, 8}, {10, 2}};
  REQUIRE(sizes.contains(type));
  return sizes.at(type);
}

Bytes export_of(const Model& model, OnnxPrecision precision) {
  Result<Bytes> file = export_onnx(model, precision);
  REQUIRE(file);
  return std::move(*file);
}

// One of each kind: pooled by mean, and by the first piece.
std::vector<Model> sample_models() {
  Result<Model> e5s1 = import_e5s1(e5s1_file(), {});
  CardFile card;
  card.pooling = Pooling::kFirst;
  Result<Model> folder = import_hugging_face(reader_of(hugging_face_folder()), card, BlockEncoding::kInt8);
  REQUIRE(e5s1);
  REQUIRE(folder);
  std::vector<Model> models;
  models.push_back(std::move(*e5s1));
  models.push_back(std::move(*folder));
  return models;
}

TEST_CASE("graphs are whole, for every kind of model and precision") {
  for (const Model& model : sample_models()) {
    const int layers = static_cast<int>(model.weights.shape.layers);
    for (const OnnxPrecision precision : {OnnxPrecision::kFloat32, OnnxPrecision::kInt8}) {
      const bool int8 = precision == OnnxPrecision::kInt8;
      const Bytes file = export_of(model, precision);
      const Graph graph = read_graph(file);
      CHECK(graph.inputs == std::set<std::string>{"input_ids", "attention_mask"});
      CHECK(graph.outputs == std::set<std::string>{"last_hidden_state", "sentence_embedding"});
      for (const auto& [name, constant] : graph.constants) {
        INFO(name);
        CHECK(constant.values * value_bytes(constant.type) == constant.data.size());
      }
      CHECK(graph.nodes.at("LayerNormalization") == 1 + 2 * layers);
      CHECK(graph.nodes.at("Softmax") == layers);
      CHECK(graph.nodes.at("Erf") == layers);
      CHECK(graph.nodes.at("MatMul") == (int8 ? 2 : 8) * layers);
      CHECK((int8 ? graph.nodes.at("MatMulInteger") : 6 * layers) == 6 * layers);
      CHECK((int8 ? graph.nodes.at("DynamicQuantizeLinear") : 4 * layers) == 4 * layers);
      CHECK(file == export_of(model, precision));
    }
  }
}

TEST_CASE("rerankers take a pair and give one number, with the same layers") {
  for (const Model& model : sample_models()) {
    const int layers = static_cast<int>(model.weights.shape.layers);
    for (const OnnxPrecision precision : {OnnxPrecision::kFloat32, OnnxPrecision::kInt8}) {
      const Result<Bytes> file = export_onnx_reranker(model, precision);
      REQUIRE(file);
      const Graph graph = read_graph(*file);
      CHECK(graph.inputs == std::set<std::string>{"input_ids"});
      CHECK(graph.outputs == std::set<std::string>{"logits"});
      CHECK(graph.nodes.at("Softmax") == layers);
      CHECK(graph.nodes.at("ReduceMax") == 1);
      CHECK(graph.nodes.at("MatMul") == (precision == OnnxPrecision::kInt8 ? 2 : 8) * layers + 1);
      CHECK(*file == *export_onnx_reranker(model, precision));
    }
  }
  Model broken = sample_models().front();
  broken.tokenizer.resize(broken.tokenizer.size() / 2);
  CHECK(export_onnx_reranker(broken, OnnxPrecision::kInt8).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("float32 constants hold the numbers that the pack's blocks stand for") {
  const Result<Model> model = import_e5s1(e5s1_file(), {});
  REQUIRE(model);
  const Bytes file = export_of(*model, OnnxPrecision::kFloat32);
  const Graph graph = read_graph(file);
  const BlockMatrix& rows = model->rows;
  std::vector<float> row(rows.columns);
  decode_row(rows, 7, row.data());
  int found = 0;
  for (const auto& [name, constant] : graph.constants) {
    if (constant.shape != std::vector<std::uint64_t>{rows.rows, rows.columns}) continue;
    ++found;
    CHECK(std::memcmp(constant.data.data() + 4 * 7 * row.size(), row.data(), 4 * row.size()) == 0);
  }
  CHECK(found == 1);
}

}  // namespace
}  // namespace crossglot::test

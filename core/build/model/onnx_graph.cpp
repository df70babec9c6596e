#include "build/model/onnx_graph.h"

#include <algorithm>
#include <bit>

namespace crossglot {
namespace {

constexpr std::int64_t kIrVersion = 8;  // of ONNX 1.10 on: every runtime in use reads it
constexpr std::int64_t kOpset = 17;     // the first with LayerNormalization

// Field numbers of onnx.proto.
namespace model_field {
constexpr std::uint32_t kIrVersion = 1, kProducer = 2, kProducerVersion = 3, kGraph = 7, kOpset = 8, kMetadata = 14;
}
namespace graph_field {
constexpr std::uint32_t kNode = 1, kName = 2, kInitializer = 5, kInput = 11, kOutput = 12;
}
namespace node_field {
constexpr std::uint32_t kInput = 1, kOutput = 2, kName = 3, kType = 4, kAttribute = 5;
}
namespace attribute_field {
constexpr std::uint32_t kName = 1, kReal = 2, kInt = 3, kInts = 8, kType = 20;
constexpr std::int64_t kTypeReal = 1, kTypeInt = 2, kTypeInts = 7;
}  // namespace attribute_field
namespace tensor_field {
constexpr std::uint32_t kDimension = 1, kType = 2, kName = 8, kRawData = 9;
}

}  // namespace

void OnnxGraph::declare(std::uint32_t field, const std::string& name, OnnxType type,
                        const std::vector<std::string>& sizes) {
  ProtobufWriter shape;
  for (const std::string& size : sizes) {
    ProtobufWriter dimension;
    const bool fixed = size.find_first_not_of("0123456789") == std::string::npos;
    if (fixed) dimension.number(1, std::stoll(size));
    if (!fixed) dimension.text(2, size);
    shape.message(1, dimension);
  }
  ProtobufWriter tensor;
  tensor.number(1, static_cast<std::int64_t>(type));
  tensor.message(2, shape);
  ProtobufWriter value_type;
  value_type.message(1, tensor);
  ProtobufWriter value;
  value.text(1, name);
  value.message(2, value_type);
  graph_.message(field, value);
}

void OnnxGraph::input(const std::string& name, OnnxType type, const std::vector<std::string>& sizes) {
  declare(graph_field::kInput, name, type, sizes);
}

void OnnxGraph::output(const std::string& name, OnnxType type, const std::vector<std::string>& sizes) {
  declare(graph_field::kOutput, name, type, sizes);
}

std::string OnnxGraph::node(const char* type, const Names& inputs, const std::vector<Attribute>& attributes) {
  std::string name = new_name();
  node_to(type, inputs, {name}, attributes);
  return name;
}

void OnnxGraph::node_to(const char* type, const Names& inputs, const Names& outputs,
                        const std::vector<Attribute>& attributes) {
  ProtobufWriter node;
  for (const std::string& input : inputs) node.text(node_field::kInput, input);
  for (const std::string& output : outputs) node.text(node_field::kOutput, output);
  node.text(node_field::kName, "n_" + outputs.front());
  node.text(node_field::kType, type);
  for (const Attribute& attribute : attributes) {
    ProtobufWriter entry;
    entry.text(attribute_field::kName, attribute.name);
    if (attribute.is_real) {
      entry.real(attribute_field::kReal, attribute.real);
      entry.number(attribute_field::kType, attribute_field::kTypeReal);
    } else if (attribute.list) {
      for (const std::int64_t number : attribute.numbers) entry.number(attribute_field::kInts, number);
      entry.number(attribute_field::kType, attribute_field::kTypeInts);
    } else {
      entry.number(attribute_field::kInt, attribute.numbers.front());
      entry.number(attribute_field::kType, attribute_field::kTypeInt);
    }
    node.message(node_field::kAttribute, entry);
  }
  graph_.message(graph_field::kNode, node);
}

std::string OnnxGraph::constant(OnnxType type, const std::vector<std::int64_t>& shape, ByteSpan data) {
  std::string name = "c" + std::to_string(next_++);
  ProtobufWriter tensor;
  for (const std::int64_t size : shape) tensor.number(tensor_field::kDimension, size);
  tensor.number(tensor_field::kType, static_cast<std::int64_t>(type));
  tensor.text(tensor_field::kName, name);
  tensor.open(tensor_field::kRawData, data.size());
  graph_.open(graph_field::kInitializer, tensor.size() + data.size());
  graph_.append(tensor.bytes());
  graph_.append(data);
  return name;
}

std::string OnnxGraph::floats(const std::vector<std::int64_t>& shape, std::span<const float> values) {
  ByteWriter data;
  for (const float value : values) data.u32(std::bit_cast<std::uint32_t>(value));
  return constant(OnnxType::kFloat, shape, data.bytes());
}

std::string OnnxGraph::numbers(const std::vector<std::int64_t>& values) {
  ByteWriter data;
  for (const std::int64_t value : values) {
    data.u32(static_cast<std::uint32_t>(value));
    data.u32(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
  }
  return constant(OnnxType::kInt64, {static_cast<std::int64_t>(values.size())}, data.bytes());
}

std::string OnnxGraph::number(std::int64_t value) {
  ByteWriter data;
  data.u32(static_cast<std::uint32_t>(value));
  data.u32(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32));
  return constant(OnnxType::kInt64, {}, data.bytes());
}

std::string OnnxGraph::real(float value) {
  return floats({}, std::span(&value, 1));
}

Bytes OnnxGraph::finish(const std::string& name, const std::vector<std::pair<std::string, std::string>>& metadata) {
  graph_.text(graph_field::kName, name);
  ProtobufWriter file;
  file.number(model_field::kIrVersion, kIrVersion);
  file.text(model_field::kProducer, "crossglot");
  file.text(model_field::kProducerVersion, CROSSGLOT_VERSION);
  ProtobufWriter opset;
  opset.text(1, "");
  opset.number(2, kOpset);
  file.message(model_field::kOpset, opset);
  for (const auto& [key, value] : metadata) {
    ProtobufWriter entry;
    entry.text(1, key);
    entry.text(2, value);
    file.message(model_field::kMetadata, entry);
  }
  file.message(model_field::kGraph, graph_);
  return file.take();
}

}  // namespace crossglot

// build/model/onnx_graph.h - nodes and constants of an ONNX graph, one call each.
//
// Names of values are made up by the graph: a call returns the name of what its node computes.
// Source: onnx.proto of the ONNX project, and its operators' documentation; opset 17.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "build/model/protobuf.h"

namespace crossglot {

enum class OnnxType : std::int32_t { kFloat = 1, kUint8 = 2, kInt8 = 3, kInt64 = 7, kHalf = 10 };

class OnnxGraph {
 public:
  using Names = std::vector<std::string>;
  struct Attribute {
    std::string name;
    std::vector<std::int64_t> numbers;  // one without `list`: an int
    bool list = false;
    float real = 0;
    bool is_real = false;
  };

  // The graph's own inputs and outputs; a size of 0 is one that the caller of the graph chooses.
  void input(const std::string& name, OnnxType type, const std::vector<std::string>& sizes);
  void output(const std::string& name, OnnxType type, const std::vector<std::string>& sizes);

  std::string node(const char* type, const Names& inputs, const std::vector<Attribute>& attributes = {});
  // A node of several outputs, or of one with a name that the graph has declared.
  void node_to(const char* type, const Names& inputs, const Names& outputs,
               const std::vector<Attribute>& attributes = {});

  std::string constant(OnnxType type, const std::vector<std::int64_t>& shape, ByteSpan data);
  std::string floats(const std::vector<std::int64_t>& shape, std::span<const float> values);
  std::string numbers(const std::vector<std::int64_t>& values);  // int64, one dimension
  std::string number(std::int64_t value);                        // int64, no dimension
  std::string real(float value);                                 // float, no dimension
  std::string new_name() { return "v" + std::to_string(next_++); }

  // The whole file. metadata  pairs of key and value.
  Bytes finish(const std::string& name, const std::vector<std::pair<std::string, std::string>>& metadata);

 private:
  void declare(std::uint32_t field, const std::string& name, OnnxType type, const std::vector<std::string>& sizes);

  ProtobufWriter graph_;
  std::size_t next_ = 0;
};

}  // namespace crossglot

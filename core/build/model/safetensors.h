// build/model/safetensors.h - tensors by name out of a .safetensors file, as floats.
//
// The file  u64 size of the header, the header (JSON: name -> dtype, shape, data_offsets), the data; little endian.
//           Source: the safetensors project's description of its format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace crossglot {

// Borrows the file.
class SafeTensors {
 public:
  // Errors: kInput; the message names the tensor.
  static Result<SafeTensors> open(ByteSpan file);

  bool has(std::string_view name) const { return tensors_.find(name) != tensors_.end(); }
  // The values of a tensor of exactly this shape, stored as F32, F16 or BF16.
  // Errors: kInput (not there, another shape or type, or a value that is not finite); the message names the tensor.
  Result<std::vector<float>> read(std::string_view name, const std::vector<std::uint64_t>& shape) const;
  // Rows of a matrix of this tensor, or 0 where it is none.
  std::uint64_t rows(std::string_view name) const;

 private:
  struct Tensor {
    std::string type;
    std::vector<std::uint64_t> shape;
    ByteSpan bytes;
  };
  std::map<std::string, Tensor, std::less<>> tensors_;
};

}  // namespace crossglot

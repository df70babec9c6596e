#include "build/model/safetensors.h"

#include <bit>
#include <cmath>
#include <limits>

#include "build/model/half.h"
#include "build/model/json_fields.h"
#include "embed/block_matrix.h"

namespace crossglot {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kHeaderBytesMax = 16u << 20;
constexpr std::size_t kSizeBytes = 8;
constexpr const char* kMetadata = "__metadata__";

Error bad(const std::string& what) {
  return make_error(ErrorCode::kInput, "model.safetensors: " + what);
}

// Bytes of a value, or 0 for a type that no weight has here.
std::size_t value_bytes(std::string_view type) {
  if (type == "F32") return 4;
  return type == "F16" || type == "BF16" ? 2 : 0;
}

bool read_numbers(const Json* json, std::vector<std::uint64_t>& numbers) {
  if (json == nullptr || !json->is_array()) return false;
  for (const Json& number : *json) {
    if (!number.is_number_unsigned()) return false;
    numbers.push_back(number.get<std::uint64_t>());
  }
  return true;
}

// Values of the shape, or nothing where the product does not fit the data.
std::optional<std::uint64_t> value_count(const std::vector<std::uint64_t>& shape, std::uint64_t max) {
  std::uint64_t count = 1;
  for (const std::uint64_t size : shape) {
    if (size != 0 && count > max / size) return std::nullopt;
    count *= size;
  }
  return count;
}

float read_value(ByteReader& reader, std::string_view type) {
  if (type == "F32") return std::bit_cast<float>(reader.u32());
  const std::uint16_t bits = reader.u16();
  if (type == "BF16") return bfloat16_to_float(bits);
  return is_finite_half(bits) ? half_to_float(bits) : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

Result<SafeTensors> SafeTensors::open(ByteSpan file) {
  if (file.size() < kSizeBytes) return bad("is cut off");
  ByteReader reader(file);
  const std::uint64_t low = reader.u32();
  const std::uint64_t size = low | std::uint64_t{reader.u32()} << 32;
  if (size > kHeaderBytesMax || size > file.size() - kSizeBytes) return bad("is cut off, or no such file");
  const std::optional<Json> header = parse_object(as_text(file.subspan(kSizeBytes, size)));
  if (!header) return bad("has a header that is not a JSON object");
  const ByteSpan data = file.subspan(kSizeBytes + size);
  SafeTensors result;
  for (const auto& [name, entry] : header->items()) {
    if (name == kMetadata) continue;
    Tensor tensor;
    std::vector<std::uint64_t> offsets;
    if (!read_field(entry, "dtype", tensor.type) || !read_numbers(find_field(entry, "shape"), tensor.shape) ||
        !read_numbers(find_field(entry, "data_offsets"), offsets) || offsets.size() != 2) {
      return bad("describes the tensor " + name + " wrongly");
    }
    if (offsets[0] > offsets[1] || offsets[1] > data.size()) {
      return bad("ends before its tensor " + name + ": cut off?");
    }
    tensor.bytes = data.subspan(offsets[0], offsets[1] - offsets[0]);
    const std::size_t value = value_bytes(tensor.type);
    if (value != 0 && value_count(tensor.shape, tensor.bytes.size()) != tensor.bytes.size() / value) {
      return bad("has another size of " + name + " than its shape");
    }
    if (value != 0 && tensor.bytes.size() % value != 0) return bad("has half a value in " + name);
    result.tensors_.emplace(name, std::move(tensor));
  }
  return result;
}

Result<std::vector<float>> SafeTensors::read(std::string_view name, const std::vector<std::uint64_t>& shape) const {
  const auto at = tensors_.find(name);
  if (at == tensors_.end()) return bad("has no tensor " + std::string(name));
  const Tensor& tensor = at->second;
  const std::size_t size = value_bytes(tensor.type);
  if (size == 0) return bad(std::string(name) + " is of type " + tensor.type + "; F32, F16 and BF16 can be read");
  if (tensor.shape != shape) return bad(std::string(name) + " has another shape than config.json says");
  std::vector<float> values(tensor.bytes.size() / size);
  ByteReader reader(tensor.bytes);
  for (float& value : values) {
    value = read_value(reader, tensor.type);
    if (!std::isfinite(value)) return bad(std::string(name) + " holds a number that is not finite");
  }
  return values;
}

std::uint64_t SafeTensors::rows(std::string_view name) const {
  const auto at = tensors_.find(name);
  return at == tensors_.end() || at->second.shape.size() != 2 ? 0 : at->second.shape.front();
}

}  // namespace crossglot

// build/model/json_fields.h - typed fields of JSON that somebody else wrote.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace crossglot {

// Not an object, or broken: nothing.
inline std::optional<nlohmann::json> parse_object(std::string_view text) {
  nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (json.is_discarded() || !json.is_object()) return std::nullopt;
  return json;
}

inline const nlohmann::json* find_field(const nlohmann::json& object, const char* field) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(field);
  return at == object.end() || at->is_null() ? nullptr : &*at;
}

// The nearest float; infinite where there is none.
inline float to_float(double value) {
  constexpr double kMax = std::numeric_limits<float>::max();
  if (value > kMax) return std::numeric_limits<float>::infinity();
  return value < -kMax ? -std::numeric_limits<float>::infinity() : static_cast<float>(value);
}

// Each returns false, and leaves `value`, where the field is not there or of another type or out of range.
inline bool read_field(const nlohmann::json& object, const char* field, std::string& value) {
  const nlohmann::json* found = find_field(object, field);
  if (found == nullptr || !found->is_string()) return false;
  value = found->get_ref<const std::string&>();
  return true;
}
inline bool read_field(const nlohmann::json& object, const char* field, std::uint64_t& value) {
  const nlohmann::json* found = find_field(object, field);
  if (found == nullptr || !found->is_number_unsigned()) return false;
  value = found->get<std::uint64_t>();
  return true;
}
inline bool read_field(const nlohmann::json& object, const char* field, std::uint32_t& value) {
  std::uint64_t wide = 0;
  if (!read_field(object, field, wide) || wide > UINT32_MAX) return false;
  value = static_cast<std::uint32_t>(wide);
  return true;
}
inline bool read_field(const nlohmann::json& object, const char* field, float& value) {
  const nlohmann::json* found = find_field(object, field);
  if (found == nullptr || !found->is_number()) return false;
  value = to_float(found->get<double>());
  return true;
}
inline bool read_field(const nlohmann::json& object, const char* field, bool& value) {
  const nlohmann::json* found = find_field(object, field);
  if (found == nullptr || !found->is_boolean()) return false;
  value = found->get<bool>();
  return true;
}

}  // namespace crossglot

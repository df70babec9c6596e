// The logarithmic scales of one byte (list.h, term_shard.h). Tables are built by repeated multiplication, the same
// on every platform: no log() or pow(), whose last bits differ between C libraries. They are made at their first use:
// as constants they would be two of the browser module's sixty kilobytes.
#include <array>

#include "format/list.h"
#include "format/term_shard.h"

namespace crossglot {
namespace {

template <std::size_t kSize>
std::array<double, kSize> geometric(double first, double ratio) {
  std::array<double, kSize> table{};
  double value = first;
  for (double& entry : table) {
    entry = value;
    value *= ratio;
  }
  return table;
}

// First index whose upper bound is above `value`, the last one at most.
template <std::size_t kSize>
std::size_t bucket(const std::array<double, kSize>& upper_bounds, double value) {
  std::size_t index = 0;
  while (index + 1 < kSize && value >= upper_bounds[index]) ++index;
  return index;
}

constexpr double kFrequencyMin = 0.05;
constexpr double kFrequencyRatio = 1.28;
constexpr double kFrequencyHalf = 1.1313708498984760;  // square root of the ratio: where rounding turns
const std::array<double, 32>& frequencies() {
  static const std::array<double, 32> kTable = geometric<32>(kFrequencyMin, kFrequencyRatio);
  return kTable;
}
const std::array<double, 32>& frequency_bounds() {
  static const std::array<double, 32> kTable = geometric<32>(kFrequencyMin * kFrequencyHalf, kFrequencyRatio);
  return kTable;
}

// 127 steps from 1 to 16: a weight is 16^(code / 127), the code a signed byte.
constexpr double kWeightRatio = 1.0220714561186979;  // 16^(1 / 127)
constexpr double kWeightHalf = 1.0109754972889788;   // 16^(1 / 254)
const std::array<double, 128>& weights() {
  static const std::array<double, 128> kTable = geometric<128>(1.0, kWeightRatio);
  return kTable;
}
const std::array<double, 128>& weight_bounds() {
  static const std::array<double, 128> kTable = geometric<128>(kWeightHalf, kWeightRatio);
  return kTable;
}

// Eight steps an octave: 9 %, finer than length normalisation can tell apart.
constexpr double kLengthRatio = 1.0905077326652577;  // 2^(1 / 8)
constexpr double kLengthHalf = 1.0442737824274138;   // 2^(1 / 16)
const std::array<double, 255>& lengths() {
  static const std::array<double, 255> kTable = geometric<255>(1.0, kLengthRatio);
  return kTable;
}
const std::array<double, 255>& length_bounds() {
  static const std::array<double, 255> kTable = geometric<255>(kLengthHalf, kLengthRatio);
  return kTable;
}

}  // namespace

std::uint8_t encode_frequency(double frequency) {
  return static_cast<std::uint8_t>(bucket(frequency_bounds(), frequency));
}

float decode_frequency(std::uint8_t code) {
  return static_cast<float>(frequencies()[code & kFrequencyMask]);
}

std::uint8_t encode_weight(double weight) {
  if (!(weight > 0)) weight = 1.0 / 16;
  if (weight >= 1) return static_cast<std::uint8_t>(bucket(weight_bounds(), weight));
  return static_cast<std::uint8_t>(-static_cast<int>(bucket(weight_bounds(), 1 / weight)));
}

float decode_weight(std::uint8_t code) {
  const int step = static_cast<std::int8_t>(code);
  if (step >= 0) return static_cast<float>(weights()[static_cast<std::size_t>(step)]);
  return static_cast<float>(1 / weights()[step == -128 ? 127 : static_cast<std::size_t>(-step)]);
}

std::uint8_t encode_length(std::uint64_t words) {
  if (words == 0) return 0;
  return static_cast<std::uint8_t>(1 + bucket(length_bounds(), static_cast<double>(words)));
}

float decode_length(std::uint8_t code) {
  return code == 0 ? 0.0F : static_cast<float>(lengths()[code - 1U]);
}

std::uint8_t heading_place(std::uint32_t words) {
  return words == 1 ? 0x60 : words <= 3 ? 0x40 : kInHeading;
}

std::uint8_t title_place(std::uint32_t words) {
  return words == 1 ? 0xe0 : words == 2 ? 0xc0 : words <= 4 ? 0xa0 : kInTitle;
}

float place_share(std::uint8_t code) {
  constexpr std::array<float, 8> kShares = {0, 0.2F, 0.4F, 1, 0.15F, 0.3F, 0.5F, 1};
  return kShares[code >> 5];
}

}  // namespace crossglot

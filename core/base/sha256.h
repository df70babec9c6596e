// base/sha256.h - SHA-256 (FIPS 180-4): the name and the checksum of every file of a bundle.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace crossglot {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(ByteSpan bytes);
// Lower-case hexadecimal digits.
std::string hex(ByteSpan bytes);

}  // namespace crossglot

// base/hash.h - FNV-1a: a short hash of short bytes, the same on every machine.
//
// For places in tables, folds, and telling a torn record from a whole one. Whoever chooses the bytes can make them
// collide: nothing that must withstand that may rest on it (base/sha256.h).
//
// Source: Fowler, Noll & Vo, https://www.rfc-editor.org/rfc/rfc9923 (32 bits).
#pragma once

#include <cstdint>
#include <string_view>

namespace crossglot {

// state  the hash of what stands before, where bytes come in parts.
inline std::uint32_t fnv1a(std::string_view bytes, std::uint32_t state = 2166136261u) {
  for (const char c : bytes) state = (state ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return state;
}

}  // namespace crossglot

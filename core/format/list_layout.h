// format/list_layout.h - constants that the reader and the builder of lists share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crossglot {

inline constexpr std::string_view kListMagic =
    "\xC6"
    "CGL";  // no UTF-8 text begins like this
inline constexpr std::string_view kVectorListMagic =
    "\xC6"
    "CGV";
inline constexpr std::size_t kNameBytes = 8;  // of a hash, in a file's name
inline constexpr const char* kDataExtension = ".cgt";
inline constexpr const char* kListExtension = ".cgl";
inline constexpr const char* kVectorListExtension = ".cgv";

inline constexpr std::uint8_t kListStemmed = 1;
inline constexpr std::uint8_t kListRightToLeft = 2;

inline constexpr std::uint32_t kAverageScale = 256;      // average length in 1/256 words
inline constexpr std::uint32_t kSaturationScale = 1000;  // k1 in thousandths

}  // namespace crossglot

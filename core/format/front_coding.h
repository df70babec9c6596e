// format/front_coding.h - a sorted run of strings as shared lengths, suffix lengths and suffix bytes.
//
// Three streams rather than one interleaved: gzip sees bytes of one kind beside each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace crossglot {

inline constexpr std::size_t kStringBytesMax = 4096;  // of a stem, surface or word; no reader allocates more

std::size_t shared_prefix(std::string_view a, std::string_view b);

// Reads one string after another, each against the one that `next` is given.
class FrontCodedReader {
 public:
  // reader stands before three length-prefixed streams.
  explicit FrontCodedReader(ByteReader& reader)
      : shared_(as_bytes(reader.string())), sizes_(as_bytes(reader.string())), bytes_(as_bytes(reader.string())) {}

  // Turns `text`, which holds the reference string, into the next string. False when the streams are broken.
  bool next(std::string& text);
  bool finished() const { return shared_.finished() && sizes_.finished() && bytes_.finished(); }

 private:
  ByteReader shared_, sizes_, bytes_;
};

class FrontCodedWriter {
 public:
  void add(std::string_view reference, std::string_view text);
  void write(ByteWriter& writer) const;

 private:
  ByteWriter shared_, sizes_, bytes_;
};

}  // namespace crossglot

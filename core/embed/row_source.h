// embed/row_source.h - where the encoder gets its pieces' rows: the vocabulary is larger than all else, and is loaded
// as it is needed.
#pragma once

#include <cstdint>
#include <span>

namespace crossglot {

class RowSource {
 public:
  virtual ~RowSource() = default;
  // Writes the piece's row, out.size() == hidden floats; false when it is not there, and then writes nothing.
  // Precondition: piece < the encoder's pieces.
  virtual bool row(std::uint32_t piece, std::span<float> out) const = 0;

 protected:
  RowSource() = default;
  RowSource(const RowSource&) = default;
  RowSource& operator=(const RowSource&) = default;
};

}  // namespace crossglot

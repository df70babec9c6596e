// embed/block_matrix.h - what the numbers of a BlockMatrix (weights.h) are.
#pragma once

#include <cstdint>

#include "embed/weights.h"

namespace crossglot {

// IEEE 754 binary16 to binary32, exactly. Infinities and NaN, which no reader lets through, become large numbers.
float half_to_float(std::uint16_t half);

// Whether scales and codes have the sizes that rows and columns call for.
bool has_all_blocks(const BlockMatrix& matrix);

// Writes matrix.columns floats. Precondition: row < matrix.rows, has_all_blocks().
void decode_row(const BlockMatrix& matrix, std::size_t row, float* out);

}  // namespace crossglot

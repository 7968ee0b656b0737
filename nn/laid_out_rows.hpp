// LaidOutRows: weights and biases of a layer y = W·x + b as the core reads them, laid out by the compiler (nn/laid_out.hpp).
// Kernels that have such say
//   affine_bytes<Input>(W, b)           how many bytes they take with inputs of that format, 0: they stay as they are
//   lay_out_affine(W, b, to)            lays them out
//   affine(LaidOutRows, x, store)       as of W and b; sums have 32 bits
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace nn {

// Sum: the format of W·x + b, which fits into it whatever x.
template <class Sum, std::size_t Outputs, std::size_t Inputs, std::size_t Bytes>
struct LaidOutRows {
  alignas(4) std::array<std::int8_t, Bytes> bytes;
};

}  // namespace nn

// Self-check: whether this program was compiled so that it gives the same bits as every other.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn {

// False if the compiler fuses a multiplication with an addition: compile with -ffp-contract=off. (CMake's ganglion::nn
// does.) With a = 1 + 2^-12 the product a·a rounds to 1 + 2^-11, so that the difference is 0 unless it was fused.
inline bool same_bits() {
  volatile float a = 0x1.001p0f;
  volatile float b = 0x1.001p0f;
  volatile float c = -0x1.002p0f;
  const float product_and_sum = a * b + c;
  return product_and_sum == 0;
}

}  // namespace nn

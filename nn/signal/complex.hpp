// Complex numbers of signals.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>

namespace nn::signal {

// One word: the real part in its lower half.
struct alignas(4) Complex16 {
  std::int16_t real;
  std::int16_t imaginary;
  bool operator==(const Complex16&) const = default;
};

struct Complex32 {
  std::int32_t real;
  std::int32_t imaginary;
  bool operator==(const Complex32&) const = default;
};

struct ComplexFloat {
  float real;
  float imaginary;
};

// The factors of one butterfly of four: W, W² and W³.
struct Twiddles {
  Complex16 first, second, third;
};

}  // namespace nn::signal

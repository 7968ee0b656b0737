// RunningNormalization<Inputs>: the normalization of inputs that a device finds by itself while they pass and none is stored:
// mean 0 and deviation 1 of each. An input that never changes keeps the scale 1. Rows with a NaN or an infinity are passed over.
//
//   mean += (x - mean) / count      squares += (x - mean before)·(x - mean after)      deviation = √(squares / count)
// Welford, Note on a method for calculating corrected sums of squares and products (1962).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/kernels.hpp"
#include "nn/normalization.hpp"
#include "nn/number/bits.hpp"

namespace nn {

template <std::size_t Inputs, class Kernels = target::Kernels>
class RunningNormalization {
 public:
  constexpr void add(std::span<const float, Inputs> x) {
    if (!std::ranges::all_of(x, [](float each) { return Bits<float>::is_finite(each); })) return;
    ++count;
    const auto so_many = static_cast<float>(count);
    for (std::size_t i = 0; i < Inputs; ++i) {
      const float before = x[i] - mean[i];
      mean[i] += before / so_many;
      squares[i] += before * (x[i] - mean[i]);
    }
  }

  constexpr Normalization<Inputs> value() const {
    Normalization<Inputs> found{.mean = mean};
    for (std::size_t i = 0; i < Inputs; ++i) {
      const float deviation = count == 0 ? 0 : Kernels::sqrt(squares[i] / static_cast<float>(count));
      found.scale[i] = deviation > 0 ? 1 / deviation : 1;
    }
    return found;
  }

 private:
  std::array<float, Inputs> mean{}, squares{};
  std::uint32_t count = 0;
};

}  // namespace nn

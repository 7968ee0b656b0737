// features: the codes that an int8 body ends with, as the inputs of a nn::Network behind it, its head.
//
//   x[i] = (code[i] - zero)·2^-7     within ±2, exact in every format with 7 bits behind the point, in fixed point without float
//
// That is the real number in steps of 128 of the tensor's scales: a head learns as well from these as from the numbers
// themselves, which may lie anywhere.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/int8/affine.hpp"
#include "nn/number/fixed.hpp"

namespace nn::int8 {

// features<Head::InputNumber>(body.output(), body::output_0)
template <class Number, class Code, std::size_t Count>
  requires std::same_as<std::remove_const_t<Code>, std::int8_t>
constexpr std::array<Number, Count> features(std::span<Code, Count> codes, const Affine& affine) {
  constexpr int fraction = 7;
  std::array<Number, Count> x{};
  for (std::size_t i = 0; i < Count; ++i) {
    const std::int32_t steps = codes[i] - affine.zero;
    if constexpr (std::floating_point<Number>) {
      x[i] = static_cast<Number>(steps) * (Number(1) / Number(1 << fraction));
    } else {
      static_assert(Number::fraction >= fraction,
                    "nn::int8::features: the head's inputs have fewer than 7 bits behind the point");
      static_assert(Number::bits - Number::fraction >= 2, "nn::int8::features: the head's inputs do not reach from -2 to 2");
      x[i] = Number{static_cast<decltype(Number::raw)>(steps * (1 << (Number::fraction - fraction)))};
    }
  }
  return x;
}

}  // namespace nn::int8

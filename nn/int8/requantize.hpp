// Requantization: from a sum of products to the scale of the output, with the two roundings of TensorFlow Lite.
//
//   y = round(round(x·2^left · m / 2^31) / 2^right)      m in [2^30, 2^31), or 0; shift = left if >= 0, else -right
//
// The first rounding takes ties towards plus infinity, the second away from zero. Jacob et al., Quantization and Training of
// Neural Networks for Efficient Integer-Arithmetic-Only Inference (2018), section 2.2; the bits are those of
// MultiplyByQuantizedMultiplier in TensorFlow Lite's reference kernels.
#pragma once

#include <cstdint>

namespace nn::int8 {

// The real number multiplier · 2^(shift - 31).
struct Scale {
  std::int32_t multiplier;
  std::int32_t shift;

  constexpr void members(auto&& list) const {
    list("multiplier", multiplier);
    list("shift", shift);
  }
};

// What an output may be: codes within [least, most]; `zero` stands for the real 0.
struct Range {
  std::int32_t zero = 0;
  std::int32_t least = -128;
  std::int32_t most = 127;

  constexpr void members(auto&& list) const {
    list("zero", zero);
    list("least", least);
    list("most", most);
  }
};

// round(a·b / 2^31), ties towards plus infinity. Not both may be -2^31.
constexpr std::int32_t doubling_high_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>((std::int64_t{a} * b + (std::int64_t{1} << 30)) >> 31);
}

// round(x / 2^by), ties away from zero. by >= 1; x > -2^31.
constexpr std::int32_t rounded_shift(std::int32_t x, std::int32_t by) {
  return (((x + (x >> 31)) >> (by - 1)) + 1) >> 1;
}

// x·2^left wraps, as the reference's does.
constexpr std::int32_t requantize(std::int32_t x, Scale scale) {
  if (scale.shift < 0) return rounded_shift(doubling_high_product(x, scale.multiplier), -scale.shift);
  return doubling_high_product(static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << scale.shift), scale.multiplier);
}

constexpr std::int32_t clamp(std::int32_t x, std::int32_t least, std::int32_t most) {
  return x < least ? least : x > most ? most : x;
}

// x + zero wraps, as the reference's does.
template <class Code = std::int8_t>
constexpr Code code(std::int32_t x, const Range& range) {
  const std::uint32_t sum = static_cast<std::uint32_t>(x) + static_cast<std::uint32_t>(range.zero);
  return static_cast<Code>(clamp(static_cast<std::int32_t>(sum), range.least, range.most));
}

}  // namespace nn::int8

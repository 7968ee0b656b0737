// Arithmetic of float32: y = a + b, a - b or a · b; an input may be repeated along dimensions where it has the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/int8/broadcast.hpp"

namespace nn::float32 {

enum class Combination { sum, difference, product };

struct Arithmetic {
  static constexpr std::string_view kind = "Arithmetic";

  int8::Broadcast shape;
  Combination combination;
  Limits limits;

  constexpr int8::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(numbers(y), numbers(a), numbers(b), [this](float left, float right) {
      switch (combination) {
        case Combination::sum: return limits(left + right);
        case Combination::difference: return limits(left - right);
        case Combination::product: return limits(left * right);
      }
      return 0.0f;
    });
  }
};

}  // namespace nn::float32

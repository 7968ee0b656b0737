// FullyConnected of float32: y = W·x + b, for each of `rows` inputs. Sums in the order of nn::Portable::dot, then the bias.
//
//   x  [rows][inputs]    W  [outputs][inputs]    b  [outputs]    y  [rows][outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct FullyConnected {
  static constexpr std::string_view kind = "FullyConnected";

  std::int32_t rows;
  std::int32_t inputs;
  std::int32_t outputs;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr int8::Overlap overlap(int) const { return int8::no_overlap; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return std::int64_t{rows} * inputs * outputs; }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call, std::int8_t* y, const std::int8_t* x) const {
    float* to = numbers(y);
    const float* from = numbers(x);
    for (std::int32_t r = 0; r < rows; ++r, from += inputs)
      for (std::int32_t o = 0; o < outputs; ++o)
        *to++ = limits(Portable::dot<float>(weight + o * inputs, from, static_cast<std::size_t>(inputs)) + bias[o]);
  }
};

}  // namespace nn::float32

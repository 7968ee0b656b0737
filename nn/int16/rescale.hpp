// Rescale: codes in another scale, with another slope below 0: a change of scale or of width, ReLU, ReLU6 and leaky ReLU.
// One of the two types of codes has 16 bits; of 8 bits, a table does it (nn/int8/lookup.hpp).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int16 {

template <class To, class From>
struct Rescale {
  static constexpr std::string_view kind = "Rescale";

  std::int32_t count;
  std::int32_t zero;  // of x
  int8::Scale positive;
  int8::Scale negative;
  int8::Range range;

  constexpr graph::Overlap overlap(int) const { return sizeof(To) <= sizeof(From) ? graph::in_place : graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("zero", zero);
    list("positive", positive);
    list("negative", negative);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, To* y, const From* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      const std::int32_t value = x[i] - zero;
      y[i] = int8::code<To>(int8::requantize(value, value < 0 ? negative : positive), range);
    }
  }
};

}  // namespace nn::int16

// Rescale: codes in another scale, with another slope below 0: a change of scale or of width, ReLU, ReLU6 and leaky ReLU.
// One of the two types of codes has 16 or 32 bits; of 8 bits, a table does it (nn/int8/lookup.hpp). x - zero wraps at 32 bits.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int16 {

template <class Result, class From>
struct Rescale {
  static constexpr std::string_view kind = "Rescale";

  std::int32_t count;
  std::int32_t zero;  // of x
  int8::Scale positive;
  int8::Scale negative;
  int8::Range range;

  constexpr graph::Overlap overlap(int) const { return sizeof(Result) <= sizeof(From) ? graph::in_place : graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("zero", zero);
    list("positive", positive);
    list("negative", negative);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Result* y, const From* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      const auto value = static_cast<std::int32_t>(static_cast<std::uint32_t>(x[i]) - static_cast<std::uint32_t>(zero));
      y[i] = int8::code<Result>(int8::requantize(value, value < 0 ? negative : positive), range);
    }
  }
};

}  // namespace nn::int16

// Concatenation: inputs of one scale side by side along one dimension. `repeats` times, a part of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"

namespace nn::int8 {

struct Concatenation {
  static constexpr std::string_view kind = "Concatenation";

  std::int32_t repeats;
  const std::int32_t* part;  // bytes of each input

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels, class... Inputs>
  constexpr void run(Call, std::int8_t* y, const Inputs*... x) const {
    const std::int8_t* const inputs[]{x...};
    run_all(y, inputs, sizeof...(x));
  }

  constexpr void run_all(std::int8_t* y, const std::int8_t* const* x, std::size_t count) const {
    for (std::int32_t r = 0; r < repeats; ++r)
      for (std::size_t i = 0; i < count; ++i) y = copy(y, x[i] + r * part[i], part[i]);
  }
};

}  // namespace nn::int8

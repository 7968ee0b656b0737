// Concatenation: inputs of one scale side by side along one dimension. `repeats` times, a part of each.
#pragma once

#include <array>
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

  template <class Kernels>
  constexpr void run(Call, std::int8_t* y, auto... x) const {
    run_all(y, std::array<const std::int8_t*, sizeof...(x)>{x...});
  }

  constexpr void run_all(std::int8_t* y, const auto& inputs) const {
    for (std::int32_t r = 0; r < repeats; ++r) {
      const std::int32_t* bytes = part;
      for (const std::int8_t* x : inputs) {
        y = copy(y, x + r * *bytes, *bytes);
        ++bytes;
      }
    }
  }
};

}  // namespace nn::int8

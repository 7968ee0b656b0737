// Signals to measure front ends on: noise, as good as any for counting.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/random.hpp"
#include "work.hpp"

namespace bench {

// Of a twelfth of full scale.
[[gnu::noinline]] inline void draw(std::int16_t* samples, std::size_t count) {
  static nn::Random random{3};
  for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<std::int16_t>(static_cast<std::int32_t>(random.below(5461)) - 2730);
}

// The last lines: bytes of the input, which lies in RAM, and the stack.
inline int finish(std::size_t input_bytes) {
  print(work, "weights", input_bytes);
  print_stack(work);
  return 0;
}

}  // namespace bench

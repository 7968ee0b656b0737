// clamp: of codes within [-128, 127], those within a layer's range, where it is a smaller one.
#pragma once

#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

[[gnu::noinline]] inline void clamp_all(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  for (std::int32_t i = 0; i < count; ++i) y[i] = static_cast<std::int8_t>(nn::int8::clamp(y[i], range.least, range.most));
}

inline void clamp(std::int8_t* y, std::int32_t count, const nn::int8::Range& range) {
  if (range.least > -128 || range.most < 127) clamp_all(y, count, range);
}

}  // namespace target

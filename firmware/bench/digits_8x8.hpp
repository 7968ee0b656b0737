// The digits that the networks of 64 inputs learn.
#pragma once

#include "samples.hpp"
#include "samples_8x8.hpp"

namespace bench {

inline constexpr Samples<samples_8x8::features, samples_8x8::count> digits_8x8{
    samples_8x8::inputs, samples_8x8::labels, {{0}, {0x1p-4f}}};

}  // namespace bench

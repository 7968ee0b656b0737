// The digits that the networks of 784 inputs learn.
#pragma once

#include "samples.hpp"
#include "samples_28x28.hpp"

namespace bench {

inline constexpr Samples<samples_28x28::features, samples_28x28::count> digits_28x28{
    samples_28x28::inputs, samples_28x28::labels, {{0}, {0x1.010102p-8f}}};

}  // namespace bench

// What an optimizer is: the settings (an aggregate, changed freely between steps) and
//   copies                          how many numbers it keeps for each parameter (momentum 1, Adam 2)
//   begin_step()                    once before the updates of a step
//   update<Kernels>(w, g, kept…)    w from its gradient g = ∂L/∂w and what it keeps for w
// It may also give outer<Kernels>(W, g, x), the whole update of W from the gradient g·xᵀ at once.
#pragma once

#include <cstddef>
#include <span>

#include "nn/kernels.hpp"

namespace nn {

// Kept averages below this are set to 0: as they fade they would become denormal, which is slow on many hosts.
constexpr float faded = 0x1p-100f;

template <class Number>
constexpr Number without_faded(Number x) {
  return x < Number(faded) && x > -Number(faded) ? Number(0) : x;
}

}  // namespace nn

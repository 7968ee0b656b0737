// What an optimizer is: the settings (an aggregate, changed freely between steps) and
//   copies                              how many numbers it keeps for each parameter (momentum 1, Adam 2), as A::Moment
//   begin_step()                        once before the updates of a step
//   step<A, Kernels>(w, g, kept…)       what is to be taken from w, whose gradient is g = ∂L/∂w; changes what it keeps
// It may also give outer<A, Kernels>(W, g, x, random), the whole update of W from the gradient g·xᵀ at once, and
// add<A>(b, g), that of b from g.
#pragma once

#include <cstddef>
#include <span>

#include "nn/kernels.hpp"
#include "nn/number/arithmetic.hpp"

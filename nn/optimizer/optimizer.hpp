// What an optimizer is: the settings (an aggregate, changed freely between steps) and
//   copies                              how many numbers it keeps for each parameter (momentum 1, Adam 2), as A::Moment
//   begin_step()                        once before the updates of a step
//   step<A, Kernels>(w, g, kept…)       what is to be taken from w, whose gradient is g = ∂L/∂w; changes what it keeps
// and, if a training is to be stored and gone on with,
//   name                                told apart by it from other optimizers
//   for_each_setting(optimizer, visit)  static; calls visit(member) for every member, const or not as the optimizer is
// It may also give outer<A, Kernels>(W, g, x, random), the whole update of W from the gradient g·xᵀ at once, and
// add<A>(b, g), that of b from g.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/kernels.hpp"
#include "nn/number/arithmetic.hpp"

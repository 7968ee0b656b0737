// What an optimizer is: the settings (an aggregate, changed freely between steps) and
//   copies                              how many numbers it keeps for each parameter (momentum 1, Adam 2), as A::Moment
//   begin_step()                        once before the updates of a step
//   step<A, Kernels>(w, g, kept…)       what is to be taken from w, whose gradient is g = ∂L/∂w; changes what it keeps
//   sound()                             whether by these settings, and with gradients of at most 2^40 from the first step on,
//                                       each step is below 2^101 (nn/gradient_limit.hpp). With others nothing is learnt
//   takes_lanes                         if it says so, w, g and what it keeps may be several numbers at a time, which have
//                                       + - * / alone; follows<A>(w, g) then says whether step looks at no number by itself
//   as_chosen(apply)                    if there is one, it is one of several, with the most copies: calls apply(that one)
//   for_a_row<A, Kernels>(self)         if there is one, in fixed point: an object with step as above, for this very type
// and, if a training is to be stored and gone on with,
//   name                                told apart by it from other optimizers
//   for_each_setting(optimizer, visit)  static; calls visit(member) for every member, const or not as the optimizer is
// It may also give outer<A, Kernels>(W, g, x, random), the whole update of W from the gradient g·xᵀ at once, in float with
// follow<A>(w, g, x, count), the same of some weights wherever it is within the limit; and add<A, Kernels>(b, g), that of b from
// g within it; descend<A, Kernels>(w, sum, share, kept…), in fixed point the whole update of a row from the gradient share·sum,
// or false; descend_row<A, Kernels>(self, w, g, kept…), for this very type, that from the gradient g(i), or false; and
// descend_product<A, Kernels>(self, W, g, x, kept…), likewise, that of all rows from the gradients g·xᵀ.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/gradient_limit.hpp"
#include "nn/kernels.hpp"
#include "nn/number/arithmetic.hpp"

namespace nn {

// Whether a setting is within ±most, or in [0, 1); a NaN is neither.
constexpr bool at_most(float setting, float most) { return Bits<float>::magnitude(setting) <= Bits<float>::of(most); }
constexpr bool below_1(float setting) { return Bits<float>::of(setting) < Bits<float>::of(1.0f); }

}  // namespace nn

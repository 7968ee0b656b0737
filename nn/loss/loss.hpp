// What a loss is.
//
//   Target<Arithmetic, Count>                               what is asked of Count outputs: a class number, or their values
//   accepts<Arithmetic, Count>(target)                      whether it can be: a class that there is, values within 2^40
//   from_output<Arithmetic, Count>(y, target, g) -> loss    overwrites g = ∂L/∂y, y the network's output
// A loss may belong together with a last layer (softmax with cross-entropy): the Trainer then leaves that layer out, and
//   Fuses                                                   that layer
//   from_logits<Arithmetic, Count>(z, target, g) -> loss    overwrites g = ∂L/∂z, z the input of that layer
//   bounds_gradient                                         if true: where that loss is finite, no |∂L/∂z[i]| is above 1
// What it takes, if not any number: takes_probabilities or takes_distribution (nn/loss/fits.hpp).
// For the accuracy:
//   actual<Arithmetic, Count>(target) -> class
//   threshold<Arithmetic>(fused)                            a single output (logit if fused) at or above it: class 1
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "nn/gradient_limit.hpp"
#include "nn/loss/decision.hpp"

namespace nn {

// Common to the losses whose target is one value for each output.
struct ValueLoss {
  template <class Arithmetic, std::size_t Count>
  using Target = std::span<const typename Arithmetic::Activation, Count>;

  template <class Arithmetic, std::size_t Count>
  static constexpr bool accepts(Target<Arithmetic, Count> target) {
    return std::all_of(target.begin(), target.end(), [](auto t) { return within_limit(t); });
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr std::size_t actual(Target<Arithmetic, Count> target) {
    return decision(target, threshold<Arithmetic>(false));
  }

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation threshold(bool fused) {
    return fused ? typename Arithmetic::Activation{} : Arithmetic::template halved<1>(Arithmetic::one);
  }
};

}  // namespace nn

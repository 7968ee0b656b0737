// What a loss is.
//
//   Target<A, N>                               what is asked of N outputs: a class number, or N values
//   accepts<A, N>(target)                      whether it can be asked for: a class that there is, values within 2^40
//   from_output<A, N>(y, target, g) -> loss    overwrites g = ∂L/∂y, y the network's output
// A loss may belong together with a last layer (softmax with cross-entropy): the Trainer then leaves that layer out, and
//   Fuses                                      that layer
//   from_logits<A, N>(z, target, g) -> loss    overwrites g = ∂L/∂z, z the input of that layer
// For the accuracy:
//   actual<A, N>(target) -> class
//   threshold<A>(fused)                        a single output (logit if fused) at or above it means class 1
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
  template <class A, std::size_t N>
  using Target = std::span<const typename A::Activation, N>;

  template <class A, std::size_t N>
  static constexpr bool accepts(Target<A, N> target) {
    return std::all_of(target.begin(), target.end(), [](auto t) { return within_limit(t); });
  }

  template <class A, std::size_t N>
  static constexpr std::size_t actual(Target<A, N> target) {
    return decision(target, threshold<A>(false));
  }

  template <class A>
  static constexpr typename A::Activation threshold(bool fused) {
    return fused ? typename A::Activation{} : A::template halved<1>(A::one);
  }
};

}  // namespace nn

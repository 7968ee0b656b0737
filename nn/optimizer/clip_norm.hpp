// ClipNorm<Optimizer>: the gradient of all parameters that learn is shortened to the length `longest` if it is longer,
// g ← g · min(1, longest / √Σ g²). Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013).
//   ClipNorm<Momentum>{{.rate = 0.1f}, 1}
//
// It needs the whole gradient before anything changes: a Trainer with a batch of 2 or more, which takes a single sample by
// accumulate(…), apply(1).
#pragma once

#include <limits>

#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct ClipNorm : Optimizer {
  static constexpr bool clips_norm = true;

  float longest = std::numeric_limits<float>::infinity();

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    Optimizer::for_each_setting(self, visit);
    visit(self.longest);
  }

  constexpr bool clips() const { return longest < std::numeric_limits<float>::infinity(); }

  // The factor for a sum of gradients, `share` without a limit: of the sum's squares Σ sum².
  constexpr float clipped(float share, float squares) const {
    const float length = share * target::Kernels::sqrt(squares);
    return length > longest ? share * (longest / length) : share;
  }

  // The shortcuts of a plain optimizer know of no limit.
  template <class Arithmetic, class Kernels, bool>
  void outer() const = delete;
  template <class Arithmetic>
  void add() const = delete;
};

}  // namespace nn

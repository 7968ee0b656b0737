// Rounded: a layer that gives every number as the code of int8 would have it, for training through the rounding of an int8 graph:
//   y = scale · (code - zero), code = the whole number nearest to x/scale + zero, held within [-128, 127]
//
// Backward, the straight-through estimator: what is between the least and the largest code passes on ∂L/∂y as it is, what is held
// back passes on 0. In training it sees how far x goes, for ranges that are tracked (rounded_learner.hpp).
// Bengio et al., Estimating or Propagating Gradients (2013); Jacob et al., Quantization and Training of Neural Networks (2018).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/gradient_sink.hpp"
#include "nn/int8/affine.hpp"
#include "nn/number/arithmetic.hpp"
#include "nn/random.hpp"
#include "nn/shape.hpp"

namespace tools::quantizer {

// Nothing of it is learnt from the loss; a gradient's form of it is never added to.
template <class A>
struct RoundedParameters {
  std::array<typename A::Weight, 1> scale;
  std::array<typename A::Weight, 1> zero;
  std::array<typename A::Weight, 2> seen;  // the least and the largest x
};
template <class Number>
struct RoundedParameters<nn::OneFormat<Number>> {
  std::array<Number, 1> scale;
};

struct Rounded {
  static constexpr std::string_view name = "Rounded";

  template <class A, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    static constexpr std::size_t count = Input.size();
    static constexpr bool learns_at_once = true;
    static constexpr bool forward_learns = true;
    static constexpr bool backward_reads_input = true;
    using Parameters = RoundedParameters<A>;
    using X = std::span<const typename A::Input, count>;
    using Y = std::span<typename A::Activation, count>;
    struct TrainingState {
      std::array<typename A::Weight, 2> seen{};
    };

    static constexpr void initialize(Parameters& p, const auto&, nn::Random&) { p = {.scale = {1}, .zero = {0}, .seen = {0, 0}}; }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, X x, Y y) {
      const nn::int8::Affine affine{p.scale[0], static_cast<std::int32_t>(p.zero[0])};
      for (std::size_t i = 0; i < count; ++i) y[i] = affine.real(affine.code(x[i]));
    }

    template <class Kernels>
    static constexpr void forward(Parameters& p, X x, Y y, TrainingState& state, auto&) {
      state.seen = p.seen;
      const auto [least, largest] = std::minmax_element(x.begin(), x.end());
      p.seen = {std::min(p.seen[0], *least), std::max(p.seen[1], *largest)};
      forward<Kernels>(p, x, y);
    }

    static constexpr void undo(Parameters& p, const TrainingState& state) { p.seen = state.seen; }

    template <class Kernels>
    static constexpr void learn(const Parameters& p, X x, std::span<const typename A::Gradient, count> g, auto dx,
                                const TrainingState&, auto&) {
      if constexpr (!std::is_same_v<decltype(dx), nn::Unwanted>) {
        const auto least = p.scale[0] * (-128.5f - p.zero[0]), most = p.scale[0] * (127.5f - p.zero[0]);
        for (std::size_t i = 0; i < count; ++i) dx[i] = x[i] >= least && x[i] <= most ? g[i] : 0;
      }
    }
  };
};

}  // namespace tools::quantizer

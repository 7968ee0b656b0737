// With<Arithmetic, Layer>: a layer whose weights, biases, output and ∂L/∂output have formats of their own, in a network of
// another arithmetic.
//   Network<Fixed8, Input<64>, With<FixedPoint<Format{.bits = 8, .weight = 7, .activation = 4}>, Dense<32>>, Relu, …>
#pragma once

#include "nn/number/arithmetic.hpp"

namespace nn {

template <class Written, class Spec>
struct With {
  static constexpr auto name = Spec::name;
};

// A layer without its With, and its own arithmetic in a network of arithmetic Outer.
template <class Spec, class Outer>
struct OwnOf {
  using Layer = Spec;
  using Arithmetic = Outer;
};
template <class Written, class Spec, class Outer>
struct OwnOf<With<Written, Spec>, Outer> {
  using Layer = Spec;
  using Arithmetic = typename Outer::template OrElse<ArithmeticOf<Written>>;
};

// The same layer as it learns: one whose own arithmetic is for inference takes the one that this learns in.
template <class Spec>
struct LearningLayer {
  using type = Spec;
};
template <class Written, class Spec>
struct LearningLayer<With<Written, Spec>> {
  using type = With<typename ArithmeticOf<Written>::Learning, Spec>;
};

}  // namespace nn

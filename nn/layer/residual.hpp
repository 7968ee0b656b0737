// Residual<Body…>: y = x + body(x), for a chain of layers whose output has the shape of its input. Where it has another, a
// projection of x stands first: Residual<Projection<Conv2d<16, 1, 1, Stride<2>>>, Body…> is y = projection(x) + body(x).
//   Residual<Conv2d<8, 3, 3, Same>, Relu, Conv2d<8, 3, 3, Same>>, Relu
//
// Backward, with g = ∂L/∂y:   ∂L/∂x = g + what the body gives for g
// He et al., Deep Residual Learning (2016), section 3.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "nn/layer/branches.hpp"

namespace nn {

// The sum of two branches' outputs: the first rounded to y's format, then both.
struct Add {
  template <class First, class Second>
  static constexpr Shape output() {
    static_assert(First::output == Second::output,
                  "nn::Residual: what is added must have one shape; expected a Projection first, or another body");
    return First::output;
  }

  template <class Arithmetic, std::size_t Index, class...>
  static constexpr void join(auto y, auto from) {
    for (std::size_t i = 0; i < y.size(); ++i) {
      if constexpr (Index == 0) y[i] = Arithmetic::activation(from[i]);
      else y[i] = Arithmetic::activation(y[i] + from[i]);
    }
  }

  template <class...>
  static constexpr std::size_t part(std::size_t, std::size_t i) {
    return i;
  }
};

template <class... Layers>
struct Projection {};

template <class... Body>
struct Residual : Branches<Add, Branch<>, Branch<Body...>> {
  static_assert(sizeof...(Body) > 0, "nn::Residual<Body>: there is nothing to add to the input");
  static constexpr std::string_view name = "Residual";
};
template <class... Shortcut, class... Body>
struct Residual<Projection<Shortcut...>, Body...> : Branches<Add, Branch<Shortcut...>, Branch<Body...>> {
  static_assert(sizeof...(Body) > 0, "nn::Residual<Projection, Body>: there is nothing to add to the projection");
  static constexpr std::string_view name = "Residual";
};

template <class... Body>
struct LearningLayer<Residual<Body...>> {
  using type = Residual<typename LearningLayer<Body>::type...>;
};
template <class... Layers>
struct LearningLayer<Projection<Layers...>> {
  using type = Projection<typename LearningLayer<Layers>::type...>;
};

}  // namespace nn

// Reshape<extents…>: the same numbers in another shape, in place; extents as those of Input. Flatten: as [features].
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"

namespace nn {

// The numbers of x as y of shape `output`.
template <class A, Shape From, Shape To>
struct Reshaped {
  static constexpr Shape output = To;
  static constexpr std::size_t N = From.size();
  static constexpr bool in_place = std::is_same_v<typename A::Input, typename A::Activation>;
  using Parameters = NoParameters;

  template <class Kernels>
  static constexpr void forward(const Parameters&, std::span<const typename A::Input, N> x, std::span<typename A::Activation, N> y) {
    if constexpr (in_place)
      if (x.data() == y.data()) return;
    for (std::size_t i = 0; i < N; ++i) y[i] = A::activation(x[i]);
  }

  template <class Kernels>
  static constexpr void backward(const Parameters&, std::span<const typename A::Input, N>, std::span<const typename A::Activation, N>,
                                 std::span<const typename A::Gradient, N> g, std::span<typename A::InputGradient, N> dx) {
    if constexpr (std::is_same_v<typename A::Gradient, typename A::InputGradient>)
      if (g.data() == dx.data()) return;
    for (std::size_t i = 0; i < N; ++i) dx[i] = A::input_gradient(g[i]);
  }
};

template <std::size_t... Extents>
struct Reshape {
  static constexpr std::string_view name = "Reshape";

  template <class A, Shape From>
  struct Bound : Reshaped<A, From, Input<Extents...>::shape> {
    static_assert(Input<Extents...>::shape.size() == From.size(), "nn::Reshape<extents>: the new shape has as many numbers as the old one");
  };
};

struct Flatten {
  static constexpr std::string_view name = "Flatten";

  template <class A, Shape From>
  struct Bound : Reshaped<A, From, Shape{.channels = From.size()}> {};
};

}  // namespace nn

// Reshape<extents…>: the same numbers in another shape, in place; extents as those of Input. Flatten: as [features].
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"

namespace nn {

// The numbers of x as y of shape `output`.
template <class Arithmetic, Shape From, Shape Into>
struct Reshaped {
  static constexpr Shape output = Into;
  static constexpr AlongTime along_time = AlongTime::relabelled;
  static constexpr std::size_t Size = From.size();
  static constexpr bool in_place = std::is_same_v<typename Arithmetic::Input, typename Arithmetic::Activation>;
  using Parameters = NoParameters;

  template <class Kernels>
  static constexpr void forward(const Parameters&, std::span<const typename Arithmetic::Input, Size> x,
                                std::span<typename Arithmetic::Activation, Size> y) {
    if constexpr (in_place)
      if (x.data() == y.data()) return;
    for (std::size_t i = 0; i < Size; ++i) y[i] = Arithmetic::activation(x[i]);
  }

  template <class Kernels>
  static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, Size>,
                                 std::span<const typename Arithmetic::Activation, Size>,
                                 std::span<const typename Arithmetic::Gradient, Size> g,
                                 std::span<typename Arithmetic::InputGradient, Size> dx) {
    if constexpr (std::is_same_v<typename Arithmetic::Gradient, typename Arithmetic::InputGradient>)
      if (g.data() == dx.data()) return;
    for (std::size_t i = 0; i < Size; ++i) dx[i] = Arithmetic::input_gradient(g[i]);
  }
};

template <std::size_t... Extents>
struct Reshape {
  static constexpr std::string_view name = "Reshape";

  template <class Arithmetic, Shape From>
  struct Bound : Reshaped<Arithmetic, From, Input<Extents...>::shape> {
    static_assert(Input<Extents...>::shape.size() == From.size(),
                  "nn::Reshape<extents>: the new shape has as many numbers as the old one");
  };
};

struct Flatten {
  static constexpr std::string_view name = "Flatten";

  template <class Arithmetic, Shape From>
  struct Bound : Reshaped<Arithmetic, From, Shape{.channels = From.size()}> {};
};

}  // namespace nn

// Relu6: y = min(max(x, 0), 6);   y′ = 1 where 0 < y < 6, else 0. Where 6 is beyond the activations' range, their highest
// number takes its place.
// Howard et al., MobileNets (2017).
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/fixed.hpp"

namespace nn {

struct Relu6 {
  static constexpr std::string_view name = "Relu6";

  template <class Arithmetic, Shape Input>
  struct Bound : Elementwise<Relu6>::Bound<Arithmetic, Input> {
    using Base = typename Elementwise<Relu6>::template Bound<Arithmetic, Input>;
    using typename Base::Parameters;
    using Base::Size;

    // g passes or is dropped: no product is needed.
    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, Size>,
                                   std::span<const typename Arithmetic::Activation, Size> y,
                                   std::span<const typename Arithmetic::Gradient, Size> g,
                                   std::span<typename Arithmetic::InputGradient, Size> dx) {
      for (std::size_t i = 0; i < Size; ++i)
        dx[i] = y[i] > typename Arithmetic::Activation{} && y[i] < six<Arithmetic> ? Arithmetic::input_gradient(g[i])
                                                                                   : typename Arithmetic::InputGradient{};
    }
  };

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation value(typename Arithmetic::Input x) {
    if (!(x > typename Arithmetic::Input{})) return {};
    const typename Arithmetic::Activation y = Arithmetic::activation(x);
    return y < six<Arithmetic> ? y : six<Arithmetic>;
  }

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation six = number<typename Arithmetic::Activation>(6.0f);
};

}  // namespace nn

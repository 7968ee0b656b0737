// Sgd: stochastic gradient descent, w ← w - rate·g. Keeps nothing; with batch 1 there is no gradient buffer either.
#pragma once

#include <concepts>

#include "nn/optimizer/optimizer.hpp"
#include "nn/sum.hpp"

namespace nn {

struct Sgd {
  static constexpr std::string_view name = "Sgd";
  static constexpr std::size_t copies = 0;
  static constexpr bool takes_lanes = true;

  float rate = 0.01f;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
  }

  constexpr void begin_step() {}

  template <class Arithmetic, class Kernels>
  constexpr auto step(auto, auto g) const {
    return Arithmetic::scaled(rate, g);
  }

  constexpr bool sound() const { return at_most(rate, 0x1p16f); }

  // W ← W - (rate·g)·xᵀ
  template <class Arithmetic, class Kernels, std::floating_point Number, std::size_t Outputs, std::size_t Inputs>
  constexpr void outer(Matrix<Number, Outputs, Inputs>& weight, std::span<const Number, Outputs> g,
                       std::span<const Number, Inputs> x, auto& random) const {
    if constexpr (!Arithmetic::watched) return Kernels::add_outer_product(weight, -Number(rate), g, x);
    for (std::size_t o = 0; o < Outputs; ++o) {
      const Number scaled = -Number(rate) * g[o];
      for (std::size_t i = 0; i < Inputs; ++i) {
        Sum<Arithmetic, Number, Number, 1> sum{weight[o][i]};
        sum.add(scaled, x[i]);
        weight[o][i] = Arithmetic::template parameter<Number>(sum.value(), Arithmetic::rounding(random));
      }
    }
  }

  template <class Arithmetic, class Kernels, std::floating_point Number, std::size_t Outputs>
    requires(!Arithmetic::watched)
  constexpr void add(std::array<Number, Outputs>& b, std::span<const Number, Outputs> g) const {
    Kernels::add_scaled(b.data(), -Number(rate), g.data(), Outputs);
  }

  // The same of one row or less, wherever it is within the limit.
  template <class Arithmetic, std::floating_point Number>
  constexpr void follow(Number* w, Number g, const Number* x, std::size_t count) const {
    add_within_limit<Arithmetic>(w, -Number(rate), g, x, count);
  }

  // The same in fixed point, row by row. Rows without a gradient, such as those that a ReLU stopped, are passed over.
  template <class Arithmetic, class Kernels, int WeightFraction, int GradientFraction, int InputBits, int InputFraction,
            std::size_t Outputs, std::size_t Inputs>
    requires(InputBits <= 16)
  constexpr void outer(Matrix<Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                       std::span<const Fixed<16, GradientFraction>, Outputs> g,
                       std::span<const Fixed<InputBits, InputFraction>, Inputs> x, auto& random) const {
    const Factor factor = Factor::of(rate);
    if constexpr (!Arithmetic::draws && !Arithmetic::watched &&
                  requires { Kernels::template descend_product<Arithmetic>(weight, factor, g, x); })
      if (!std::is_constant_evaluated()) return Kernels::template descend_product<Arithmetic>(weight, factor, g, x);
    for (std::size_t o = 0; o < Outputs; ++o) {
      if (g[o].raw == 0) continue;
      Kernels::template add_row<Arithmetic>(weight[o].data(), RowStep::of(factor, g[o], InputFraction, WeightFraction), x.data(),
                                            Inputs, Arithmetic::rounding(random));
    }
  }

  // The same of 8 bits, always rounded at random.
  template <class Arithmetic, class Kernels, int WeightFraction, int GradientFraction, int InputFraction, std::size_t Outputs,
            std::size_t Inputs>
  constexpr void outer(Matrix<Fixed<8, WeightFraction>, Outputs, Inputs>& weight,
                       std::span<const Fixed<16, GradientFraction>, Outputs> g,
                       std::span<const Fixed<8, InputFraction>, Inputs> x, auto& random) const {
    const Factor factor = Factor::of(rate);
    for (std::size_t o = 0; o < Outputs; ++o) {
      if (g[o].raw == 0) continue;
      Kernels::template add_row<Arithmetic>(weight[o].data(), ByteStep::of(factor, g[o], InputFraction, WeightFraction), x.data(),
                                            Inputs, random.next());
    }
  }

  // w ← w - rate·(share·sum) of one row at once, if the kernels can.
  template <class Arithmetic, class Kernels>
  constexpr bool descend(auto& w, const auto& sum, float share) const {
    if constexpr (requires { Kernels::template descend<Arithmetic>(w, sum, share, rate); })
      if (!std::is_constant_evaluated()) return Kernels::template descend<Arithmetic>(w, sum, share, rate);
    return false;
  }

  // The same from the gradient itself, g(i).
  template <class Arithmetic, class Kernels, std::same_as<Sgd> Self>
  static constexpr bool descend_row(const Self& self, auto& w, auto g) {
    if constexpr (!Arithmetic::draws && !Arithmetic::watched &&
                  requires { Kernels::template descend_row<Arithmetic>(w, g, self.rate); })
      if (!std::is_constant_evaluated()) return Kernels::template descend_row<Arithmetic>(w, g, self.rate);
    return false;
  }

  // b ← b - rate·g, to the nearest whatever the rounding of weights is: a bias has bits enough.
  template <class Arithmetic, class Kernels, int BiasFraction, int GradientFraction, std::size_t Outputs>
  constexpr void add(std::array<Fixed<32, BiasFraction>, Outputs>& b,
                     std::span<const Fixed<16, GradientFraction>, Outputs> g) const {
    using Bias = Fixed<32, BiasFraction>;
    if constexpr (!Arithmetic::watched && requires { Kernels::descend(b, g, rate); })
      if (!std::is_constant_evaluated() && Kernels::descend(b, g, rate)) return;
    for (std::size_t o = 0; o < Outputs; ++o)
      b[o] = Arithmetic::template parameter<Bias>(b[o] - Arithmetic::template scaled_to<Bias>(rate, g[o]), Nearest{});
  }
};

}  // namespace nn

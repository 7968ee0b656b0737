// SumSink: the sink (nn/gradient_sink.hpp) of a Trainer that sums over a batch.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/kernels.hpp"
#include "nn/pack.hpp"
#include "nn/sum.hpp"

namespace nn {

// Adds one layer's gradient to a sum over the batch.
template <class Arithmetic, class Kernels, class Sums, class Known>
struct SumSink {
  using Loops = Kernels;
  Sums& sum;
  Known known;  // Small

  template <class Gradient, class Activation, std::size_t Outputs, std::size_t Inputs>
  constexpr void affine(auto weight, auto bias, std::span<const Gradient, Outputs> g, std::span<const Activation, Inputs> x) {
    auto& rows = weight(sum);
    auto& b = bias(sum);
    if constexpr (std::is_floating_point_v<Gradient>) {
      constexpr Gradient one = 1;
      if (!product_within_limit<Kernels>(g, x, known)) return affine_within_limit(rows, b, g, x);
      Kernels::add_outer_product(rows, one, g, x);
      Kernels::add_scaled(b.data(), one, g.data(), Outputs);
    } else {
      for (std::size_t o = 0; o < Outputs; ++o) {
        if (g[o].raw != 0) Kernels::template add_gradients<Arithmetic>(rows[o].data(), g[o], x.data(), Inputs);
      }
      for (std::size_t o = 0; o < Outputs; ++o) b[o] = Arithmetic::sum(b[o], g[o]);
    }
  }

  template <class Gradient, std::size_t Outputs>
  constexpr void add(auto select, std::span<const Gradient, Outputs> g) {
    add_to(select(sum), [&](std::size_t o) { return g[o]; });
  }

  constexpr void add_row(auto select, std::size_t o, auto g) { add_to(select(sum)[o], g); }

  template <class Policy, std::size_t Place>
  constexpr auto inside() {
    auto& inner = get<Place>(sum);
    return SumSink<Policy, Kernels, std::remove_reference_t<decltype(inner)>, Small<>>{inner, {}};
  }

  template <class Gradient, std::size_t Count>
  constexpr void add_positions(auto select, std::span<const Gradient, Count> g) {
    auto& b = select(sum);
    const auto total = total_of_positions<std::tuple_size_v<std::remove_reference_t<decltype(b)>>>(g);
    add_to(b, [&](std::size_t o) { return total[o].value(); });
  }

 private:
  template <class Number, std::size_t Outputs, std::size_t Inputs>
  [[gnu::noinline, gnu::cold]] static constexpr void affine_within_limit(auto& weight, auto& b,
                                                                         std::span<const Number, Outputs> g,
                                                                         std::span<const Number, Inputs> x) {
    constexpr Number one = 1;
    for (std::size_t o = 0; o < Outputs; ++o) {
      add_within_limit<Arithmetic>(weight[o].data(), one, g[o], x.data(), Inputs);
      add_within_limit<Arithmetic>(&b[o], one, g[o], &one, 1);
    }
  }

  static constexpr void add_to(auto& row, auto gradient) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto g = gradient(i);
      if (within_limit(g)) row[i] = Arithmetic::sum(row[i], g);
    }
  }
};

}  // namespace nn

// PartSink: a SumSink (nn/trainer/sum_sink.hpp) that adds a part of a layer's rows, the part-th of `parts`, and leaves the others
// to others. A layer asks it takes(o, Outputs) before it works out a row.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/gradient_sink.hpp"

namespace nn {

template <class Arithmetic, class Kernels, class Sums>
struct PartSink {
  using Loops = Kernels;
  Sums& sum;
  std::size_t part;
  std::size_t parts;

  struct Rows {
    std::size_t first;
    std::size_t last;  // is not one of them
  };
  constexpr Rows rows(std::size_t outputs) const { return {outputs * part / parts, outputs * (part + 1) / parts}; }
  constexpr bool takes(std::size_t o, std::size_t outputs) const { return rows(outputs).first <= o && o < rows(outputs).last; }

  template <class Gradient, class Activation, std::size_t Outputs, std::size_t Inputs>
  constexpr void affine(auto weight, auto bias, std::span<const Gradient, Outputs> g, std::span<const Activation, Inputs> x) {
    auto& w = weight(sum);
    auto& b = bias(sum);
    const auto [first, last] = rows(Outputs);
    if constexpr (std::is_floating_point_v<Gradient>) {
      constexpr Gradient one = 1;
      const bool within = product_within_limit<Kernels>(g, x, Small<>{});
      for (std::size_t o = first; o < last; ++o)
        if (within) {
          Kernels::add_scaled(w[o].data(), g[o], x.data(), Inputs);
          b[o] += g[o];
        } else {
          add_within_limit<Arithmetic>(w[o].data(), one, g[o], x.data(), Inputs);
          add_within_limit<Arithmetic>(&b[o], one, g[o], &one, 1);
        }
    } else {
      for (std::size_t o = first; o < last; ++o) {
        b[o] = Arithmetic::sum(b[o], g[o]);
        if (g[o].raw == 0) continue;
        for (std::size_t i = 0; i < Inputs; ++i) w[o][i] = Arithmetic::sum(w[o][i], g[o] * x[i]);
      }
    }
  }

  constexpr void add_row(auto select, std::size_t o, auto g) { whole().add_row(select, o, g); }

  template <class Gradient, std::size_t Count>
  constexpr void add_positions(auto select, std::span<const Gradient, Count> g) {
    if (part == 0) whole().add_positions(select, g);
  }

 private:
  constexpr auto whole() { return SumSink<Arithmetic, Kernels, Sums, Small<>>{sum, {}}; }
};

}  // namespace nn

// Gradient sinks: where a layer hands ∂L/∂p. A layer names the parameter by a selector, `[](auto& p) -> auto& { … }`, which
// serves its parameters, their gradient and what an optimizer keeps alike.
//   outer(select, g, x)   ∂L/∂W = g·xᵀ
//   add(select, g)        ∂L/∂b = g
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fields.hpp"
#include "nn/kernels.hpp"

namespace nn {

// What an optimizer keeps: as many copies of the parameters as it asks for, nothing at all for 0.
template <class Parameters>
struct NoCopies {
  Parameters& operator[](std::size_t);  // never called
};
template <class Parameters, class Optimizer>
using Kept = std::conditional_t<Optimizer::copies == 0, NoCopies<Parameters>, std::array<Parameters, Optimizer::copies>>;

// Updates one layer's parameters on the spot: a gradient is used where it arises and stored nowhere.
template <class Kernels, class Optimizer, class Parameters, class... State>
struct UpdateSink {
  const Optimizer& optimizer;
  Parameters& parameters;
  std::tuple<State&...> kept;

  template <class Gradient, class Activation, std::size_t Out, std::size_t In>
  constexpr void outer(auto select, std::span<const Gradient, Out> g, std::span<const Activation, In> x) {
    auto& W = select(parameters);
    if constexpr (requires { optimizer.template outer<Kernels>(W, g, x); }) {
      optimizer.template outer<Kernels>(W, g, x);
    } else {
      std::apply(
          [&](auto&... state) {
            for (std::size_t o = 0; o < Out; ++o)
              for (std::size_t i = 0; i < In; ++i)
                optimizer.template update<Kernels>(W[o][i], g[o] * x[i], select(state)[o][i]...);
          },
          kept);
    }
  }

  template <class Gradient, std::size_t Out>
  constexpr void add(auto select, std::span<const Gradient, Out> g) {
    auto& b = select(parameters);
    std::apply(
        [&](auto&... state) {
          for (std::size_t o = 0; o < Out; ++o) optimizer.template update<Kernels>(b[o], g[o], select(state)[o]...);
        },
        kept);
  }
};

// Adds one layer's gradient to a sum over the batch.
template <class Kernels, class Parameters>
struct SumSink {
  Parameters& sum;

  template <class Gradient, class Activation, std::size_t Out, std::size_t In>
  constexpr void outer(auto select, std::span<const Gradient, Out> g, std::span<const Activation, In> x) {
    Kernels::add_outer_product(select(sum), Gradient(1), g, x);
  }

  template <class Gradient, std::size_t Out>
  constexpr void add(auto select, std::span<const Gradient, Out> g) {
    auto& b = select(sum);
    for (std::size_t o = 0; o < Out; ++o) b[o] += g[o];
  }
};

}  // namespace nn

// Gradient sinks: where a layer hands ∂L/∂p. A layer names the parameter by a selector, `[](auto& p) -> auto& { … }`, which
// serves its parameters, their gradient and what an optimizer keeps alike.
//   outer(select, g, x)       ∂L/∂W = g·xᵀ
//   add(select, g)            ∂L/∂b = g
//   add_row(select, o, g)     row o of ∂L/∂W alone: g(i) is that of W[o][i], a sum of the layer's own that may be wider than
//                             any format. A layer whose weights serve many positions holds one row at a time.
//   add_positions(select, g)  ∂L/∂b[o] = Σ g[k][o] over positions k, in their order; g is [positions][Out]
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fields.hpp"
#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/pack.hpp"
#include "nn/sum.hpp"

namespace nn {

// What an optimizer keeps: as many numbers for each parameter as it asks for, nothing at all for 0.
template <class Moments>
struct NoCopies {
  Moments& operator[](std::size_t);  // never called
};
template <class Moments, class Optimizer>
using Kept = std::conditional_t<Optimizer::copies == 0, NoCopies<Moments>, std::array<Moments, Optimizer::copies>>;

// Updates one row of parameters; gradient(i) is ∂L/∂w[i].
template <class A, class Kernels>
constexpr void update_row(const auto& optimizer, auto& w, auto gradient, auto& random, auto&... kept) {
  using Parameter = typename std::remove_reference_t<decltype(w)>::value_type;
  auto rounding = A::rounding(random);
  for (std::size_t i = 0; i < w.size(); ++i)
    w[i] = A::template parameter<Parameter>(w[i] - A::step(optimizer.template step<A, Kernels>(w[i], gradient(i), kept[i]...)), rounding.next());
}

// Σ g[k][o] over positions k.
template <std::size_t Out, class Gradient, std::size_t N>
constexpr auto total_of_positions(std::span<const Gradient, N> g) {
  std::array<Total<Gradient>, Out> total{};
  for (std::size_t i = 0; i < N; i += Out)
    for (std::size_t o = 0; o < Out; ++o) total[o].add(g[i + o]);
  return total;
}

// Updates one layer's parameters on the spot: a gradient is used where it arises and stored nowhere.
template <class A, class Kernels, class Optimizer, class Parameters, class Random, class... State>
struct UpdateSink {
  const Optimizer& optimizer;
  Parameters& parameters;
  Random& random;
  std::tuple<State&...> kept;

  template <class Gradient, class Activation, std::size_t Out, std::size_t In>
  constexpr void outer(auto select, std::span<const Gradient, Out> g, std::span<const Activation, In> x) {
    auto& W = select(parameters);
    if constexpr (requires { optimizer.template outer<A, Kernels>(W, g, x, random); }) {
      optimizer.template outer<A, Kernels>(W, g, x, random);
    } else {
      std::apply(
          [&](auto&... state) {
            for (std::size_t o = 0; o < Out; ++o)
              update_row<A, Kernels>(optimizer, W[o], [&](std::size_t i) { return g[o] * x[i]; }, random, select(state)[o]...);
          },
          kept);
    }
  }

  template <class Gradient, std::size_t Out>
  constexpr void add(auto select, std::span<const Gradient, Out> g) {
    auto& b = select(parameters);
    if constexpr (requires { optimizer.template add<A>(b, g); })
      optimizer.template add<A>(b, g);
    else
      std::apply(
          [&](auto&... state) {
            update_row<A, Kernels>(optimizer, b, [&](std::size_t o) { return g[o]; }, random, select(state)...);
          },
          kept);
  }

  constexpr void add_row(auto select, std::size_t o, auto g) {
    std::apply([&](auto&... state) { update_row<A, Kernels>(optimizer, select(parameters)[o], g, random, select(state)[o]...); }, kept);
  }

  // For layer K of those inside this one, whose arithmetic is P.
  template <class P, std::size_t K>
  constexpr auto inside() {
    return std::apply(
        [&](auto&... state) {
          auto& p = get<K>(parameters);
          return UpdateSink<P, Kernels, Optimizer, std::remove_reference_t<decltype(p)>, Random, std::remove_reference_t<decltype(get<K>(state))>...>{
              optimizer, p, random, std::tie(get<K>(state)...)};
        },
        kept);
  }

  template <class Gradient, std::size_t N>
  constexpr void add_positions(auto select, std::span<const Gradient, N> g) {
    auto& b = select(parameters);
    const auto total = total_of_positions<std::tuple_size_v<std::remove_reference_t<decltype(b)>>>(g);
    std::apply(
        [&](auto&... state) {
          update_row<A, Kernels>(optimizer, b, [&](std::size_t o) { return total[o].value(); }, random, select(state)...);
        },
        kept);
  }
};

// Adds one layer's gradient to a sum over the batch.
template <class A, class Kernels, class Sums>
struct SumSink {
  Sums& sum;

  template <class Gradient, class Activation, std::size_t Out, std::size_t In>
  constexpr void outer(auto select, std::span<const Gradient, Out> g, std::span<const Activation, In> x) {
    auto& W = select(sum);
    if constexpr (std::is_floating_point_v<Gradient>) {
      Kernels::add_outer_product(W, Gradient(1), g, x);
    } else {
      for (std::size_t o = 0; o < Out; ++o) {
        if (g[o].raw == 0) continue;
        for (std::size_t i = 0; i < In; ++i) W[o][i] = A::sum(W[o][i], g[o] * x[i]);
      }
    }
  }

  template <class Gradient, std::size_t Out>
  constexpr void add(auto select, std::span<const Gradient, Out> g) {
    auto& b = select(sum);
    for (std::size_t o = 0; o < Out; ++o) b[o] = A::sum(b[o], g[o]);
  }

  constexpr void add_row(auto select, std::size_t o, auto g) {
    auto& w = select(sum)[o];
    for (std::size_t i = 0; i < w.size(); ++i) w[i] = A::sum(w[i], g(i));
  }

  template <class P, std::size_t K>
  constexpr auto inside() {
    auto& inner = get<K>(sum);
    return SumSink<P, Kernels, std::remove_reference_t<decltype(inner)>>{inner};
  }

  template <class Gradient, std::size_t N>
  constexpr void add_positions(auto select, std::span<const Gradient, N> g) {
    auto& b = select(sum);
    const auto total = total_of_positions<std::tuple_size_v<std::remove_reference_t<decltype(b)>>>(g);
    for (std::size_t o = 0; o < b.size(); ++o) b[o] = A::sum(b[o], total[o].value());
  }
};

// For a layer without parameters.
struct NoSink {};

template <class Layer, class P, std::size_t K, class Sink>
constexpr auto sink_inside(Sink& sink) {
  if constexpr (has_parameters<Layer>) return sink.template inside<P, K>();
  else return NoSink{};
}

// Instead of a ∂L/∂x that nobody needs.
struct Unwanted {};

// One layer's part of the backward pass: ∂L/∂x, unless that is Unwanted, before the weights change; then ∂L/∂p to the sink.
template <class Layer, class Kernels>
constexpr void learn_layer(const auto& p, auto x, auto y, auto g, auto dx, auto&& state, auto& sink) {
  if constexpr (learns_at_once<Layer>) {
    Layer::template learn<Kernels>(p, x, g, dx, state, sink);
  } else {
    if constexpr (!std::is_same_v<decltype(dx), Unwanted>) {
      if constexpr (has_training_state<Layer>)
        Layer::template backward<Kernels>(p, x, y, g, dx, state);
      else
        Layer::template backward<Kernels>(p, x, y, g, dx);
    }
    if constexpr (has_parameters<Layer>) Layer::gradient(x, g, sink);
  }
}

}  // namespace nn

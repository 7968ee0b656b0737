// Gradient sinks: where a layer hands ∂L/∂p. A layer names the parameter by a selector, `[](auto& p) -> auto& { … }`, which
// serves its parameters, their gradient and what an optimizer keeps alike.
//   affine(weight, bias, g, x)    ∂L/∂W = g·xᵀ, ∂L/∂b = g
//   add(select, g)            ∂L/∂b = g
//   add_row(select, o, g)     row o of ∂L/∂W alone: g(i) is that of W[o][i], a sum of the layer's own that may be wider than
//                             any format. A layer whose weights serve many positions holds one row at a time.
//   add_positions(select, g)  ∂L/∂b[o] = Σ g[k][o] over positions k, in their order; g is [positions][Outputs]
// What is beyond the limit (nn/gradient_limit.hpp) no sink takes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fields.hpp"
#include "nn/gradient_limit.hpp"
#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/arithmetic.hpp"
#include "nn/pack.hpp"
#include "nn/sum.hpp"

namespace nn {

// The optimizer, or what it makes of its settings once for a row, if it does so itself.
template <class Arithmetic, class Kernels>
constexpr decltype(auto) for_a_row(const auto& optimizer) {
  if constexpr (!is_fixed<typename Arithmetic::Moment>)
    return (optimizer);
  else if constexpr (requires { optimizer.template for_a_row<Arithmetic, Kernels>(optimizer); })
    return optimizer.template for_a_row<Arithmetic, Kernels>(optimizer);
  else
    return (optimizer);
}

// Updates one row of parameters; gradient(i) is ∂L/∂w[i], and known to be WithinLimit or not.
template <class Arithmetic, class Kernels, bool WithinLimit = false>
constexpr void update_row(const auto& optimizer, auto& w, auto gradient, auto& random, auto&... kept) {
  if constexpr (is_fixed<typename Arithmetic::Moment> && requires { optimizer.template descend_row<Arithmetic, Kernels>(optimizer, w, gradient); })
    if (optimizer.template descend_row<Arithmetic, Kernels>(optimizer, w, gradient)) return;
  auto rounding = Arithmetic::rounding(random);
  decltype(auto) row = for_a_row<Arithmetic, Kernels>(optimizer);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto g = gradient(i);
    if constexpr (!WithinLimit)
      if (!within_limit(g)) continue;
    w[i] = Arithmetic::descended(w[i], Arithmetic::step(row.template step<Arithmetic, Kernels>(w[i], g, kept[i]...)), rounding.next());
  }
}

// In float, `count` parameters at w from the gradients g·x[i], which are within the limit. All layers share one copy.
template <class Arithmetic, class Kernels, std::floating_point Number>
[[gnu::noinline]] constexpr void update_some(const auto& optimizer, Number* w, Number g, const Number* x, std::size_t count, auto& random,
                                             auto*... kept) {
  std::size_t i = 0;
  if constexpr (std::is_same_v<Arithmetic, Real<float>> && requires { requires std::remove_reference_t<decltype(optimizer)>::takes_lanes; } &&
                requires { Kernels::update(optimizer, w, g, x, count, kept...); })
    if (!std::is_constant_evaluated()) i = Kernels::update(optimizer, w, g, x, count, kept...);
  for (; i < count; ++i)
    w[i] = Arithmetic::template parameter<Number>(
        w[i] - Arithmetic::step(optimizer.template step<Arithmetic, Kernels>(w[i], g * x[i], kept[i]...)),
        Arithmetic::rounding(random));
}

// Σ g[k][o] over positions k.
template <std::size_t Outputs, class Gradient, std::size_t Count>
constexpr auto total_of_positions(std::span<const Gradient, Count> g) {
  std::array<Total<Gradient>, Outputs> total{};
  for (std::size_t i = 0; i < Count; i += Outputs)
    for (std::size_t o = 0; o < Outputs; ++o) total[o].add(g[i + o]);
  return total;
}

// Updates one layer's parameters on the spot: a gradient is used where it arises and stored nowhere.
template <class Arithmetic, class Kernels, class Optimizer, class Parameters, class Random, class Known, class... State>
struct UpdateSink {
  const Optimizer& optimizer;
  Parameters& parameters;
  Random& random;
  Known known;  // Small
  std::tuple<State&...> kept;

  template <class Gradient, class Activation, std::size_t Outputs, std::size_t Inputs>
  constexpr void affine(auto weight, auto bias, std::span<const Gradient, Outputs> g, std::span<const Activation, Inputs> x) {
    constexpr bool at_once = requires { optimizer.template outer<Arithmetic, Kernels>(weight(parameters), g, x, random); };
    if constexpr (!std::is_floating_point_v<Gradient>) {
      if constexpr (at_once) optimizer.template outer<Arithmetic, Kernels>(weight(parameters), g, x, random);
      else for (std::size_t o = 0; o < Outputs; ++o) add_row(weight, o, [&](std::size_t i) { return g[o] * x[i]; });
      add(bias, g);
    } else if (!product_within_limit<Kernels>(g, x, known)) {
      UpdateSink{*this}.affine_within_limit(weight, bias, g, x);  // of a copy, so that this one may live in registers
    } else if constexpr (at_once) {
      optimizer.template outer<Arithmetic, Kernels>(weight(parameters), g, x, random);
      if constexpr (Arithmetic::watched)
        update_row<Arithmetic, Kernels, true>(
            optimizer, bias(parameters), [&](std::size_t o) { return g[o]; }, random);
      else optimizer.template add<Arithmetic, Kernels>(bias(parameters), g);
    } else {
      constexpr Gradient one = 1;
      for (std::size_t o = 0; o < Outputs; ++o) {
        update([&](auto& p) { return weight(p)[o].data(); }, g[o], x.data(), Inputs);
        update([&](auto& p) { return &bias(p)[o]; }, g[o], &one, 1);
      }
    }
  }

  template <class Gradient, std::size_t Outputs>
  constexpr void add(auto select, std::span<const Gradient, Outputs> g) {
    auto& b = select(parameters);
    if constexpr (!std::is_floating_point_v<Gradient> && requires { optimizer.template add<Arithmetic, Kernels>(b, g); })
      optimizer.template add<Arithmetic, Kernels>(b, g);
    else
      std::apply(
          [&](auto&... state) {
            update_row<Arithmetic, Kernels>(optimizer, b, [&](std::size_t o) { return g[o]; }, random, select(state)...);
          },
          kept);
  }

  constexpr void add_row(auto select, std::size_t o, auto g) {
    std::apply(
        [&](auto&... state) {
          update_row<Arithmetic, Kernels>(optimizer, select(parameters)[o], g, random, select(state)[o]...);
        },
        kept);
  }

  // For layer K of those inside this one, whose arithmetic is P.
  template <class Policy, std::size_t Place>
  constexpr auto inside() {
    return std::apply(
        [&](auto&... state) {
          auto& p = get<Place>(parameters);
          return UpdateSink<Policy, Kernels, Optimizer, std::remove_reference_t<decltype(p)>, Random, Small<>,
                            std::remove_reference_t<decltype(get<Place>(state))>...>{
              optimizer, p, random, {}, std::tie(get<Place>(state)...)};
        },
        kept);
  }

  template <class Gradient, std::size_t Count>
  constexpr void add_positions(auto select, std::span<const Gradient, Count> g) {
    auto& b = select(parameters);
    const auto total = total_of_positions<std::tuple_size_v<std::remove_reference_t<decltype(b)>>>(g);
    std::apply(
        [&](auto&... state) {
          update_row<Arithmetic, Kernels>(
              optimizer, b, [&](std::size_t o) { return total[o].value(); }, random, select(state)...);
        },
        kept);
  }

 private:
  template <class Number, std::size_t Outputs, std::size_t Inputs>
  [[gnu::noinline, gnu::cold]] constexpr void affine_within_limit(auto weight, auto bias, std::span<const Number, Outputs> g,
                                                     std::span<const Number, Inputs> x) {
    constexpr Number one = 1;
    for (std::size_t o = 0; o < Outputs; ++o) {
      update_within_limit([&](auto& p) { return weight(p)[o].data(); }, g[o], x.data(), Inputs);
      update_within_limit([&](auto& p) { return &bias(p)[o]; }, g[o], &one, 1);
    }
  }

  // In float, of the parameters at place(parameters).
  template <class Number>
  constexpr void update(auto place, Number g, const Number* x, std::size_t count) {
    std::apply(
        [&](auto&... state) {
          update_some<Arithmetic, Kernels>(optimizer, place(parameters), g, x, count, random, place(state)...);
        },
        kept);
  }
  template <class Number>
  constexpr void update_within_limit(auto place, Number g, const Number* x, std::size_t count) {
    if constexpr (requires { optimizer.template follow<Arithmetic>(place(parameters), g, x, count); })
      optimizer.template follow<Arithmetic>(place(parameters), g, x, count);
    else
      for (std::size_t i = 0; i < count; ++i)
        if (within_limit(g * x[i])) update([&](auto& p) { return place(p) + i; }, g, x + i, 1);
  }
};

// Adds one layer's gradient to a sum over the batch.
template <class Arithmetic, class Kernels, class Sums, class Known>
struct SumSink {
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
  [[gnu::noinline, gnu::cold]] static constexpr void affine_within_limit(auto& weight, auto& b, std::span<const Number, Outputs> g,
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

// For a layer without parameters.
struct NoSink {};

template <class Layer, class Policy, std::size_t Place, class Sink>
constexpr auto sink_inside(Sink& sink) {
  if constexpr (has_parameters<Layer>) return sink.template inside<Policy, Place>();
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

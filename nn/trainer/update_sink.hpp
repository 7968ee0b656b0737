// UpdateSink: the sink (nn/gradient_sink.hpp) of a Trainer whose batch is 1.
#pragma once

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>

#include "nn/fields.hpp"
#include "nn/gradient_limit.hpp"
#include "nn/pack.hpp"
#include "nn/sum.hpp"
#include "nn/trainer/update_row.hpp"

namespace nn {

// Updates one layer's parameters on the spot: a gradient is used where it arises and stored nowhere.
template <class Arithmetic, class Kernels, class Optimizer, class Parameters, class Random, class Known, class... State>
struct UpdateSink {
  using Loops = Kernels;
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
      else if (!descends(weight, g, x))
        for (std::size_t o = 0; o < Outputs; ++o) add_row(weight, o, [&](std::size_t i) { return g[o] * x[i]; });
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
  // In fixed point, whether the optimizer has updated all rows at once.
  constexpr bool descends(auto weight, auto g, auto x) {
    return std::apply(
        [&](auto&... state) {
          if constexpr (requires {
                          optimizer.template descend_product<Arithmetic, Kernels>(optimizer, weight(parameters), g, x,
                                                                                  weight(state)...);
                        })
            return optimizer.template descend_product<Arithmetic, Kernels>(optimizer, weight(parameters), g, x, weight(state)...);
          else return false;
        },
        kept);
  }

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

}  // namespace nn

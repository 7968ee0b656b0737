// Network<Arithmetic, Input<…>, Layers…>: the topology of a network, as a type. It has no objects; parameters are plain
// data of type Parameters, and Inference and Trainer hold the buffers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "nn/fingerprint.hpp"
#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/arithmetic.hpp"
#include "nn/pack.hpp"
#include "nn/plan.hpp"
#include "nn/shape.hpp"

namespace nn {

// The layers, each bound to the shape that the one before it gives.
template <class A, Shape Input, class Done, class... Rest>
struct Chain {
  using type = Done;
};
template <class A, Shape Input, class... Done, class First, class... Rest>
struct Chain<A, Input, std::tuple<Done...>, First, Rest...> {
  static_assert(requires { typename First::template Bound<A, Input>; },
                "nn::Network: every argument after Input must be a layer");
  using Here = typename First::template Bound<A, Input>;
  static_assert(Layer<Here>, "nn::Network: a layer needs an output shape and Parameters");
  using type = typename Chain<A, Here::output, std::tuple<Done..., Here>, Rest...>::type;
};

template <class Bounds>
struct ParametersOf;
template <class... Bound>
struct ParametersOf<std::tuple<Bound...>> {
  using type = Pack<typename Bound::Parameters...>;
};

template <class Written, class InputExtents, class... Layers>
struct Network {
  static_assert(requires { InputExtents::shape; },
                "nn::Network: the second argument must be nn::Input with the shape of the input");
  static_assert(sizeof...(Layers) > 0, "nn::Network: a network needs at least one layer");

  using Arithmetic = ArithmeticOf<Written>;
  using Activation = typename Arithmetic::Activation;
  using Bounds = typename Chain<Arithmetic, InputExtents::shape, std::tuple<>, Layers...>::type;
  using Specs = std::tuple<Layers...>;

  static constexpr std::size_t layers = sizeof...(Layers);
  template <std::size_t I>
  using Layer = std::tuple_element_t<I, Bounds>;
  template <std::size_t I>
  using Spec = std::tuple_element_t<I, Specs>;

  static constexpr Shape input_shape = InputExtents::shape;
  static constexpr std::size_t inputs = input_shape.size();
  static constexpr std::size_t outputs = Layer<layers - 1>::output.size();

  using Parameters = typename ParametersOf<Bounds>::type;
  using Input = std::array<Activation, inputs>;
  using Output = std::array<Activation, outputs>;

  // Calls visit.operator()<I, Layer<I>>() for every layer, in order.
  static constexpr void for_each_layer(auto&& visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (visit.template operator()<I, Layer<I>>(), ...);
    }(std::index_sequence_for<Layers...>{});
  }

  // Identifies topology and arithmetic; equal from every compiler. Weights are good for one fingerprint only.
  static constexpr std::uint64_t fingerprint = [] {
    Fingerprint hash;
    hash.add(Arithmetic::name);
    hash.add(InputExtents::shape);
    for_each_layer([&]<std::size_t I, class Bound>() {
      hash.add(Spec<I>::name);
      hash.add(Bound::output);
      hash.add(constant<Bound>);
    });
    return hash.value;
  }();

  // The outputs of one forward pass that keeps nothing but what the next layer needs.
  static constexpr std::array<PlannedOutput, layers> planned_outputs = [] {
    std::array<PlannedOutput, layers> planned{};
    for_each_layer([&]<std::size_t I, class Bound>() { planned[I] = {Bound::output.size(), in_place<Bound>}; });
    return planned;
  }();
  static constexpr Plan<layers> plan = two_ended_plan(planned_outputs);
  using Workspace = std::array<Activation, plan.size>;

  // Runs the network on x; the result lies in the workspace.
  template <class Kernels = target::Kernels>
  static constexpr std::span<const Activation, outputs> run(const Parameters& parameters, std::span<const Activation, inputs> x,
                                                            Workspace& workspace) {
    return run_from<Kernels, 0>(parameters, x, workspace);
  }

  // The same for a constant expression or a test: no object, everything by value.
  template <class Kernels = target::Kernels>
  static constexpr Output forward(const Parameters& parameters, const Input& x) {
    Workspace workspace{};
    const auto y = run<Kernels>(parameters, x, workspace);
    Output result{};
    for (std::size_t o = 0; o < outputs; ++o) result[o] = y[o];
    return result;
  }

 private:
  template <class Kernels, std::size_t I, std::size_t N>
  static constexpr std::span<const Activation, outputs> run_from(const Parameters& parameters, std::span<const Activation, N> x,
                                                                 Workspace& workspace) {
    constexpr std::size_t size = Layer<I>::output.size();
    const std::span<Activation, size> y{workspace.data() + plan.offset[I], size};
    Layer<I>::template forward<Kernels>(get<I>(parameters), x, y);
    if constexpr (I + 1 == layers)
      return y;
    else
      return run_from<Kernels, I + 1>(parameters, std::span<const Activation, size>{y}, workspace);
  }
};

}  // namespace nn

// Network<Arithmetic, Input<…>, Layers…>: the topology of a network, as a type. It has no objects; parameters are plain
// data of type Parameters, and Inference and Trainer hold the buffers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/buffers.hpp"
#include "nn/fingerprint.hpp"
#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/with.hpp"
#include "nn/number/arithmetic.hpp"
#include "nn/one_of.hpp"
#include "nn/pack.hpp"
#include "nn/plan.hpp"
#include "nn/shape.hpp"

namespace nn {

// The layers, each bound to the shape and the formats that the one before it gives, and the arithmetic of each.
template <class A, class X, class DX, Shape Input, class Done, class Policies, class... Rest>
struct Chain {
  using Bounds = Done;
  using Arithmetics = Policies;
};
template <class A, class X, class DX, Shape Input, class... Done, class... Policies, class First, class... Rest>
struct Chain<A, X, DX, Input, std::tuple<Done...>, std::tuple<Policies...>, First, Rest...> {
  using Layer = typename Own<First, A>::Layer;
  using Policy = typename Own<First, A>::Arithmetic::template After<X, DX>;
  static_assert(requires { typename Layer::template Bound<Policy, Input>; },
                "nn::Network: every argument after Input must be a layer");
  using Here = typename Layer::template Bound<Policy, Input>;
  static_assert(nn::Layer<Here>, "nn::Network: a layer needs an output shape and Parameters");
  using Next = Chain<A, typename Policy::Activation, typename Policy::Gradient, Here::output, std::tuple<Done..., Here>,
                     std::tuple<Policies..., Policy>, Rest...>;
  using Bounds = typename Next::Bounds;
  using Arithmetics = typename Next::Arithmetics;
};

template <class Bounds>
struct ParametersOf;
template <class... Bound>
struct ParametersOf<std::tuple<Bound...>> {
  using type = Pack<typename Bound::Parameters...>;
};

// A buffer for the output of each layer.
template <class Outputs, class Arithmetics>
struct BuffersOf;
template <class Outputs, class... A>
struct BuffersOf<Outputs, std::tuple<A...>> {
  using type = Buffers<Outputs, typename A::Activation...>;
};

// What layers such as Residual need beside it, one layer at a time.
template <class Bounds>
struct InsideOf;
template <class... Bound>
struct InsideOf<std::tuple<Bound...>> {
  struct Nothing {};
  using type = std::conditional_t<(has_workspace<Bound> || ...), OneOf<typename WorkspaceOf<Bound>::type...>, Nothing>;
};

template <class Written, class InputExtents, class... Layers>
struct Network {
  static_assert(!requires { Written::shape; }, "nn::Network: the first argument is the arithmetic, such as float or nn::Fixed16");
  static_assert(requires { InputExtents::shape; },
                "nn::Network: the second argument must be nn::Input with the shape of the input");
  static_assert(sizeof...(Layers) > 0, "nn::Network: a network needs at least one layer");

  using Arithmetic = ArithmeticOf<Written>;
  template <class A>
  using Bound = Chain<A, typename A::Input, typename A::InputGradient, InputExtents::shape, std::tuple<>, std::tuple<>, Layers...>;
  using Bounds = typename Bound<Arithmetic>::Bounds;
  using Arithmetics = typename Bound<Arithmetic>::Arithmetics;
  using Specs = std::tuple<typename Own<Layers, Arithmetic>::Layer...>;

  // The same topology in another arithmetic, and in the one that it learns in, which may be its own.
  template <class Other>
  using As = Network<Other, InputExtents, Layers...>;
  static constexpr bool learns = []<class... Policy>(std::type_identity<std::tuple<Policy...>>) {
    return (Policy::learns && ...);
  }(std::type_identity<Arithmetics>{});
  using Learning = std::conditional_t<learns, Network,
                                      Network<typename Arithmetic::Learning, InputExtents, typename LearningLayer<Layers>::type...>>;

  static constexpr std::size_t layers = sizeof...(Layers);
  template <std::size_t I>
  using Layer = std::tuple_element_t<I, Bounds>;
  template <std::size_t I>
  using Spec = std::tuple_element_t<I, Specs>;
  template <std::size_t I>
  using ArithmeticAt = std::tuple_element_t<I, Arithmetics>;
  using LastArithmetic = ArithmeticAt<layers - 1>;

  static constexpr Shape input_shape = InputExtents::shape;
  static constexpr std::size_t inputs = input_shape.size();
  static constexpr std::size_t outputs = Layer<layers - 1>::output.size();

  using Parameters = typename ParametersOf<Bounds>::type;
  // The structure of the parameters with one number format for all.
  template <class Number>
  using ParametersIn = typename ParametersOf<typename Bound<OneFormat<Number>>::Bounds>::type;

  using InputNumber = typename Arithmetic::Input;
  using OutputNumber = typename LastArithmetic::Activation;
  using Input = std::array<InputNumber, inputs>;
  using Output = std::array<OutputNumber, outputs>;

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
      if (ArithmeticAt<I>::name != Arithmetic::name) hash.add(ArithmeticAt<I>::name);
    });
    return hash.value;
  }();

  // The outputs of one forward pass that keeps nothing but what the next layer needs.
  struct Outputs {
    static constexpr std::array<PlannedOutput, layers> planned = [] {
      std::array<PlannedOutput, layers> found{};
      for_each_layer([&]<std::size_t I, class Layer>() { found[I] = {Layer::output.size(), in_place<Layer>}; });
      return found;
    }();
    static constexpr auto plan(const auto& those) { return two_ended_plan(those); }
  };
  struct Workspace : BuffersOf<Outputs, Arithmetics>::type {
    [[no_unique_address]] typename InsideOf<Bounds>::type inside{};
  };

  // Runs the network on x; the result lies in the workspace. Calls entering(i) before layer i.
  template <class Kernels = target::Kernels>
  static constexpr std::span<const OutputNumber, outputs> run(const Parameters& parameters, std::span<const InputNumber, inputs> x,
                                                              Workspace& workspace, auto entering) {
    return run_from<Kernels, 0>(parameters, x, workspace, entering);
  }
  template <class Kernels = target::Kernels>
  static constexpr std::span<const OutputNumber, outputs> run(const Parameters& parameters, std::span<const InputNumber, inputs> x,
                                                              Workspace& workspace) {
    return run<Kernels>(parameters, x, workspace, [](std::size_t) {});
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
  template <class Kernels, std::size_t I, class Number, std::size_t N>
  static constexpr std::span<const OutputNumber, outputs> run_from(const Parameters& parameters, std::span<const Number, N> x,
                                                                   Workspace& workspace, auto entering) {
    entering(I);
    const auto y = workspace.template at<I>();
    if constexpr (has_workspace<Layer<I>>)
      Layer<I>::template forward<Kernels>(get<I>(parameters), x, y, workspace.inside.template begin<I>());
    else
      Layer<I>::template forward<Kernels>(get<I>(parameters), x, y);
    if constexpr (I + 1 == layers)
      return y;
    else
      return run_from<Kernels, I + 1>(parameters, std::span<const typename ArithmeticAt<I>::Activation, y.extent>{y}, workspace,
                                      entering);
  }
};

}  // namespace nn

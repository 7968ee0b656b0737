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
template <class Arithmetic, class InputNumber, class InputGradient, Shape Input, class Done, class Policies, class... Rest>
struct Chain {
  using Bounds = Done;
  using Arithmetics = Policies;
};
template <class Arithmetic, class InputNumber, class InputGradient, Shape Input, class... Done, class... Policies, class First,
          class... Rest>
struct Chain<Arithmetic, InputNumber, InputGradient, Input, std::tuple<Done...>, std::tuple<Policies...>, First, Rest...> {
  using Layer = typename OwnOf<First, Arithmetic>::Layer;
  using Policy = typename OwnOf<First, Arithmetic>::Arithmetic::template After<InputNumber, InputGradient>;
  static_assert(requires { typename Layer::template Bound<Policy, Input>; },
                "nn::Network: every argument after Input must be a layer");
  using Here = typename Layer::template Bound<Policy, Input>;
  static_assert(nn::Layer<Here, Policy, Input>,
                "nn::Layer: a layer of this network lacks its output shape, its Parameters, or a forward from x to y");
  static_assert(!has_memory<Here> || LayerWithMemory<Here, Policy, Input>,
                "nn::LayerWithMemory: a layer of this network has memory, but no forward that takes it");
  using Next = Chain<Arithmetic, typename Policy::Activation, typename Policy::Gradient, Here::output, std::tuple<Done..., Here>,
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
template <class Outputs, class... Arithmetic>
struct BuffersOf<Outputs, std::tuple<Arithmetic...>> {
  using type = Buffers<Outputs, typename Arithmetic::Activation...>;
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
  template <class Arithmetic>
  using Bound = Chain<Arithmetic, typename Arithmetic::Input, typename Arithmetic::InputGradient, InputExtents::shape,
                      std::tuple<>, std::tuple<>, Layers...>;
  using Bounds = typename Bound<Arithmetic>::Bounds;
  using Arithmetics = typename Bound<Arithmetic>::Arithmetics;
  static constexpr bool fused_alike = []<class... Policy>(std::type_identity<std::tuple<Policy...>>) {
    return ((Policy::fused == Arithmetic::fused) && ...);
  }(std::type_identity<Arithmetics>{});
  static_assert(fused_alike,
                "nn::With: layers of one network either fuse multiply and add or do not; expected nn::FusedFloat for all of it");
  using Specs = std::tuple<typename OwnOf<Layers, Arithmetic>::Layer...>;

  // The same topology in another arithmetic, and in the one that it learns in, which may be its own.
  template <class Other>
  using As = Network<Other, InputExtents, Layers...>;
  static constexpr bool learns = []<class... Policy>(std::type_identity<std::tuple<Policy...>>) {
    return (Policy::learns && ...);
  }(std::type_identity<Arithmetics>{});
  using Learning =
      std::conditional_t<learns, Network,
                         Network<typename Arithmetic::Learning, InputExtents, typename LearningLayer<Layers>::type...>>;

  static constexpr std::size_t layers = sizeof...(Layers);
  template <std::size_t Index>
  using Layer = std::tuple_element_t<Index, Bounds>;
  template <std::size_t Index>
  using Spec = std::tuple_element_t<Index, Specs>;
  template <std::size_t Index>
  using ArithmeticAt = std::tuple_element_t<Index, Arithmetics>;
  using LastArithmetic = ArithmeticAt<layers - 1>;

  static constexpr Shape input_shape = InputExtents::shape;
  template <std::size_t Index>
  static constexpr Shape input_shape_of = [] {
    if constexpr (Index == 0) return input_shape;
    else return Layer<Index - 1>::output;
  }();
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

  // Calls visit.operator()<Index, Layer<Index>>() for every layer, in order.
  static constexpr void for_each_layer(auto&& visit) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      (visit.template operator()<Index, Layer<Index>>(), ...);
    }(std::index_sequence_for<Layers...>{});
  }

  // Identifies topology and arithmetic; equal from every compiler. Weights are good for one fingerprint only.
  static constexpr std::uint64_t fingerprint = [] {
    Fingerprint hash;
    hash.add(Arithmetic::name);
    hash.add(InputExtents::shape);
    for_each_layer([&]<std::size_t Index, class Bound>() {
      hash.add(Spec<Index>::name);
      hash.add(Bound::output);
      hash.add(constant<Bound>);
      if (ArithmeticAt<Index>::name != Arithmetic::name) hash.add(ArithmeticAt<Index>::name);
    });
    return hash.value;
  }();

  // The outputs of one forward pass that keeps nothing but what the next layer needs.
  struct Outputs {
    static constexpr std::array<PlannedOutput, layers> planned = [] {
      std::array<PlannedOutput, layers> found{};
      for_each_layer([&]<std::size_t Index, class Layer>() { found[Index] = {Layer::output.size(), in_place<Layer>}; });
      return found;
    }();
    static constexpr auto plan(const auto& those) { return two_ended_plan(those); }
  };
  struct Workspace : BuffersOf<Outputs, Arithmetics>::type {
    [[no_unique_address]] typename InsideOf<Bounds>::type inside{};
  };

  // Runs the network on x; the result lies in the workspace. Calls entering(i) before layer i. Parameters may be laid out.
  template <class Kernels = target::Kernels>
  static constexpr std::span<const OutputNumber, outputs> run(const auto& parameters, std::span<const InputNumber, inputs> x,
                                                              Workspace& workspace, auto entering) {
    return run_from<KernelsFor<Arithmetic, Kernels>, 0>(parameters, x, workspace, entering);
  }
  template <class Kernels = target::Kernels>
  static constexpr std::span<const OutputNumber, outputs> run(const auto& parameters, std::span<const InputNumber, inputs> x,
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

  // From layer Index on, whose input is x. The workspace may be another one that has what these layers need.
  template <class Kernels, std::size_t Index, class Number, std::size_t Count>
  static constexpr std::span<const OutputNumber, outputs> run_from(const auto& parameters, std::span<const Number, Count> x,
                                                                   auto& workspace, auto entering) {
    entering(Index);
    const auto y = workspace.template at<Index>();
    if constexpr (has_workspace<Layer<Index>>)
      Layer<Index>::template forward<Kernels>(get<Index>(parameters), x, y, workspace.inside.template begin<Index>());
    else
      Layer<Index>::template forward<Kernels>(get<Index>(parameters), x, y);
    if constexpr (Index + 1 == layers)
      return y;
    else
      return run_from<Kernels, Index + 1>(parameters, std::span<const typename ArithmeticAt<Index>::Activation, y.extent>{y},
                                          workspace, entering);
  }
};

}  // namespace nn

// TrainingPlan: which layers training goes through, and where it keeps their outputs and the gradients of these.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

#include "nn/buffers.hpp"
#include "nn/layer/layer.hpp"
#include "nn/pack.hpp"
#include "nn/plan.hpp"

namespace nn {

// Whether the loss takes over the network's last layer, to start from the logits.
template <class Topology, class LossFunction>
constexpr bool fuses = requires {
  requires std::same_as<typename Topology::template Spec<Topology::layers - 1>, typename LossFunction::Fuses>;
};

// Whether |∂L/∂z[i]| <= 1 for every logit where the loss is finite.
template <class Topology, class LossFunction>
constexpr bool bounds_gradient = fuses<Topology, LossFunction> && requires { requires LossFunction::bounds_gradient; };

// For the first `layers` layers of a chain, the gradients down to that of layer `first`'s output.
template <class Topology, std::size_t layers, std::size_t first>
struct ChainPlan {
  // A layer overwrites the output before it only if nobody looks at that again.
  struct Outputs {
    static constexpr auto planned = [] {
      std::array<PlannedOutput, layers> found{};
      bool free = false;
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        if constexpr (Index < layers)
          found[Index] = {Layer::output.size(), in_place<Layer> && !backward_reads_input<Layer> && free};
        free = !backward_reads_output<Layer>;
      });
      return found;
    }();
    static constexpr auto plan(const auto& those) { return stacked_plan(those); }
  };

  // ∂L/∂y for y of the last layer, the one before, …
  struct Gradients {
    static constexpr auto planned = [] {
      std::array<PlannedOutput, layers - first> found{};
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        // Place 0 is the last layer's; the gradient of a layer's output is written by the layer after it.
        if constexpr (Index >= first && Index < layers) found[layers - 1 - Index].elements = Layer::output.size();
        if constexpr (Index > first && Index < layers) found[layers - Index].in_place = in_place<Layer> && !has_parameters<Layer>;
      });
      return found;
    }();
    static constexpr auto plan(const auto& those) { return two_ended_plan(those); }
  };
  // The same, each kept to the end.
  struct LastingGradients : Gradients {
    static constexpr auto plan(const auto& those) { return stacked_plan(those); }
  };

 private:
  template <class Indices, class Reversed>
  struct Found;
  template <std::size_t... Index, std::size_t... Place>
  struct Found<std::index_sequence<Index...>, std::index_sequence<Place...>> {
    using OutputBuffers = Buffers<Outputs, typename Topology::template ArithmeticAt<Index>::Activation...>;
    using GradientBuffers = Buffers<Gradients, typename Topology::template ArithmeticAt<layers - 1 - Place>::Gradient...>;
    using LastingGradientBuffers =
        Buffers<LastingGradients, typename Topology::template ArithmeticAt<layers - 1 - Place>::Gradient...>;
  };
  using Both = Found<std::make_index_sequence<layers>, std::make_index_sequence<layers - first>>;

 public:
  using OutputBuffers = typename Both::OutputBuffers;
  using GradientBuffers = typename Both::GradientBuffers;
  using LastingGradientBuffers = typename Both::LastingGradientBuffers;
};

template <class Topology, class LossFunction>
struct TrainingPlan {
  static constexpr std::size_t layers = Topology::layers - (fuses<Topology, LossFunction> ? 1 : 0);
  static_assert(layers > 0, "nn::Trainer: a network needs a layer besides the one that the loss takes over");
  // The loss works in the formats of the last layer that training goes through.
  using LastArithmetic = typename Topology::template ArithmeticAt<layers - 1>;

  // Back to the first layer that has parameters.
  static constexpr std::size_t first = [] {
    std::size_t found = layers;
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if (found == layers && has_parameters<Layer>) found = Index;
    });
    return found;
  }();
  static_assert(first < layers, "nn::Trainer: a network without parameters has nothing to learn");

  using OutputBuffers = typename ChainPlan<Topology, layers, first>::OutputBuffers;
  using GradientBuffers = typename ChainPlan<Topology, layers, first>::GradientBuffers;
  using LastingGradientBuffers = typename ChainPlan<Topology, layers, first>::LastingGradientBuffers;
};

// What layers such as Dropout keep in training, for a tuple of bound layers.
template <class Bounds>
struct TrainingStatesOf;
template <class... Bound>
struct TrainingStatesOf<std::tuple<Bound...>> {
  using type = Pack<typename TrainingStateOf<Bound>::type...>;
};

}  // namespace nn

// Branch<Layers…>: a chain of layers inside a layer such as Residual or Concat. Branch<>: what comes in, as it is.
//
// It has what a Network and a Trainer have of theirs: parameters, a workspace for inference, and for training every output and
// two gradients of outputs at a time. The formats of its layers follow those of the layer that it is in; With works as usual.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/gradient_sink.hpp"
#include "nn/init/init.hpp"
#include "nn/layer/layer.hpp"
#include "nn/network.hpp"
#include "nn/training_plan.hpp"

namespace nn {

template <class... Layers>
struct Branch {
  template <class Arithmetic, Shape Input>
  struct Bound {
    struct From {
      static constexpr Shape shape = Input;
    };
    using Topology = Network<Arithmetic, From, Layers...>;
    using Plan = ChainPlan<Topology, Topology::layers, 0>;
    static constexpr Shape output = Topology::template Layer<Topology::layers - 1>::output;
    static constexpr std::size_t macs = [] {
      std::size_t sum = 0;
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() { sum += nn::macs<Layer>; });
      return sum;
    }();
    static constexpr bool forward_learns = [] {
      bool any = false;
      Topology::for_each_layer(
          [&]<std::size_t Index, class Layer>() { any = any || nn::forward_learns<Layer> || nn::carries<Layer>; });
      return any;
    }();
    static constexpr std::size_t scratch = [] {
      std::size_t most = 0;
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() { most = std::max(most, nn::scratch<Layer>); });
      return most;
    }();
    static constexpr std::size_t training_scratch = [] {
      std::size_t most = 0;
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() { most = std::max(most, nn::training_scratch<Layer>); });
      return most;
    }();
    using Parameters = typename Topology::Parameters;
    using Workspace = typename Topology::Workspace;
    using InputSpan = std::span<const typename Arithmetic::Input, Input.size()>;

    struct TrainingState {
      typename Plan::OutputBuffers outputs{};
      typename Plan::GradientBuffers gradients{};
      typename TrainingStatesOf<typename Topology::Bounds>::type states{};

      constexpr auto output() { return outputs.template at<Topology::layers - 1>(); }
    };

    static constexpr std::uint64_t fingerprint() { return Topology::fingerprint; }

    static constexpr void initialize(auto&& p, const auto& initializer, Random& random) {
      nn::initialize<Topology>(p, initializer, random);
    }

    // The branch's output, in the workspace.
    template <class Kernels>
    static constexpr auto forward(const Parameters& p, InputSpan x, Workspace& workspace) {
      return Topology::template run<Kernels>(p, x, workspace);
    }

    // The same in training: every output stays in the state.
    template <class Kernels>
    static constexpr void forward(auto&& p, InputSpan x, TrainingState& state, auto& random) {
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        const auto y = state.outputs.template at<Index>();
        if constexpr (has_workspace<Layer> || (has_training_state<Layer> && !std::is_same_v<decltype(random), AsInInference&>))
          Layer::template forward<Kernels>(get<Index>(p), input<Index>(x, state), y, get<Index>(state.states), random);
        else
          Layer::template forward<Kernels>(get<Index>(p), input<Index>(x, state), y);
      });
    }

    static constexpr void undo(auto& p, TrainingState& state) {
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        if constexpr (nn::forward_learns<Layer> || nn::carries<Layer>) Layer::undo(get<Index>(p), get<Index>(state.states));
      });
    }

    // From g(i) = ∂L/∂y[i] back to dx, unless that is Unwanted.
    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, auto g, auto dx, TrainingState& state, auto& sink) {
      const auto last = state.gradients.template at<0>();
      for (std::size_t i = 0; i < last.size(); ++i) last[i] = Topology::LastArithmetic::gradient(g(i));
      learn_from<Kernels, Topology::layers - 1>(p, x, dx, state, sink);
    }

   private:
    template <std::size_t Index>
    static constexpr auto input(InputSpan x, TrainingState& state) {
      if constexpr (Index == 0) {
        return x;
      } else {
        const auto y = state.outputs.template at<Index - 1>();
        return std::span<const typename Topology::template ArithmeticAt<Index - 1>::Activation, y.extent>{y};
      }
    }

    template <class Kernels, std::size_t Index>
    static constexpr void learn_from(const Parameters& p, InputSpan x, auto dx, TrainingState& state, auto& sink) {
      using Layer = typename Topology::template Layer<Index>;
      using Policy = typename Topology::template ArithmeticAt<Index>;
      static_assert(
          LayerThatLearns<Layer, Policy, Topology::template input_shape_of<Index>>,
          "nn::LayerThatLearns: a layer of this network lacks backward, a gradient of its Parameters, or learn in place of both");
      const auto y = state.outputs.template at<Index>();
      const auto g = state.gradients.template at<Topology::layers - 1 - Index>();
      const auto to = [&] {
        if constexpr (Index > 0) return state.gradients.template at<Topology::layers - Index>();
        else return dx;
      }();
      auto inside = sink_inside<Layer, Policy, Index>(sink);
      learn_layer<Layer, Kernels>(get<Index>(p), input<Index>(x, state),
                                  std::span<const typename Policy::Activation, y.extent>{y},
                                  std::span<const typename Policy::Gradient, g.extent>{g}, to, get<Index>(state.states), inside);
      if constexpr (Index > 0) learn_from<Kernels, Index - 1>(p, x, dx, state, sink);
    }
  };
};

template <>
struct Branch<> {
  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t macs = 0;
    static constexpr bool forward_learns = false;
    using Parameters = NoParameters;
    struct Workspace {};
    using InputSpan = std::span<const typename Arithmetic::Input, Input.size()>;

    struct TrainingState {
      const typename Arithmetic::Input* x = nullptr;
      constexpr InputSpan output() const { return InputSpan{x, Input.size()}; }
    };

    static constexpr std::uint64_t fingerprint() { return 0; }
    static constexpr void initialize(const Parameters&, const auto&, Random&) {}

    template <class Kernels>
    static constexpr InputSpan forward(const Parameters&, InputSpan x, const Workspace&) {
      return x;
    }
    template <class Kernels>
    static constexpr void forward(const Parameters&, InputSpan x, TrainingState& state, auto&) {
      state.x = x.data();
    }
    static constexpr void undo(const Parameters&, const TrainingState&) {}
    template <class Kernels>
    static constexpr void learn(const Parameters&, InputSpan, auto g, auto dx, TrainingState&, auto&) {
      if constexpr (!std::is_same_v<decltype(dx), Unwanted>)
        for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = Arithmetic::input_gradient(g(i));
    }
  };
};

}  // namespace nn

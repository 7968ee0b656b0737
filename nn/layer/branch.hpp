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
  template <class A, Shape Input>
  struct Bound {
    struct From {
      static constexpr Shape shape = Input;
    };
    using Net = Network<A, From, Layers...>;
    using Plan = ChainPlan<Net, Net::layers, 0>;
    static constexpr Shape output = Net::template Layer<Net::layers - 1>::output;
    static constexpr std::size_t macs = [] {
      std::size_t sum = 0;
      Net::for_each_layer([&]<std::size_t I, class Layer>() { sum += nn::macs<Layer>; });
      return sum;
    }();
    static constexpr bool forward_learns = [] {
      bool any = false;
      Net::for_each_layer([&]<std::size_t I, class Layer>() { any = any || nn::forward_learns<Layer> || nn::carries<Layer>; });
      return any;
    }();
    static constexpr std::size_t scratch = [] {
      std::size_t most = 0;
      Net::for_each_layer([&]<std::size_t I, class Layer>() { most = std::max(most, nn::scratch<Layer>); });
      return most;
    }();
    static constexpr std::size_t training_scratch = [] {
      std::size_t most = 0;
      Net::for_each_layer([&]<std::size_t I, class Layer>() { most = std::max(most, nn::training_scratch<Layer>); });
      return most;
    }();
    using Parameters = typename Net::Parameters;
    using Workspace = typename Net::Workspace;
    using X = std::span<const typename A::Input, Input.size()>;

    struct TrainingState {
      typename Plan::OutputBuffers outputs{};
      typename Plan::GradientBuffers gradients{};
      typename TrainingStatesOf<typename Net::Bounds>::type states{};

      constexpr auto output() { return outputs.template at<Net::layers - 1>(); }
    };

    static constexpr std::uint64_t fingerprint() { return Net::fingerprint; }

    static constexpr void initialize(auto&& p, const auto& initializer, Random& random) { nn::initialize<Net>(p, initializer, random); }

    // The branch's output, in the workspace.
    template <class Kernels>
    static constexpr auto forward(const Parameters& p, X x, Workspace& workspace) {
      return Net::template run<Kernels>(p, x, workspace);
    }

    // The same in training: every output stays in the state.
    template <class Kernels>
    static constexpr void forward(auto&& p, X x, TrainingState& state, auto& random) {
      Net::for_each_layer([&]<std::size_t I, class Layer>() {
        const auto y = state.outputs.template at<I>();
        if constexpr (has_workspace<Layer> || (has_training_state<Layer> && !std::is_same_v<decltype(random), AsInInference&>))
          Layer::template forward<Kernels>(get<I>(p), input<I>(x, state), y, get<I>(state.states), random);
        else
          Layer::template forward<Kernels>(get<I>(p), input<I>(x, state), y);
      });
    }

    static constexpr void undo(auto& p, TrainingState& state) {
      Net::for_each_layer([&]<std::size_t I, class Layer>() {
        if constexpr (nn::forward_learns<Layer> || nn::carries<Layer>) Layer::undo(get<I>(p), get<I>(state.states));
      });
    }

    // From g(i) = ∂L/∂y[i] back to dx, unless that is Unwanted.
    template <class Kernels>
    static constexpr void learn(const Parameters& p, X x, auto g, auto dx, TrainingState& state, auto& sink) {
      const auto last = state.gradients.template at<0>();
      for (std::size_t i = 0; i < last.size(); ++i) last[i] = Net::LastArithmetic::gradient(g(i));
      learn_from<Kernels, Net::layers - 1>(p, x, dx, state, sink);
    }

   private:
    template <std::size_t I>
    static constexpr auto input(X x, TrainingState& state) {
      if constexpr (I == 0) {
        return x;
      } else {
        const auto y = state.outputs.template at<I - 1>();
        return std::span<const typename Net::template ArithmeticAt<I - 1>::Activation, y.extent>{y};
      }
    }

    template <class Kernels, std::size_t I>
    static constexpr void learn_from(const Parameters& p, X x, auto dx, TrainingState& state, auto& sink) {
      using Layer = typename Net::template Layer<I>;
      using P = typename Net::template ArithmeticAt<I>;
      const auto y = state.outputs.template at<I>();
      const auto g = state.gradients.template at<Net::layers - 1 - I>();
      const auto to = [&] {
        if constexpr (I > 0) return state.gradients.template at<Net::layers - I>();
        else return dx;
      }();
      auto inside = sink_inside<Layer, P, I>(sink);
      learn_layer<Layer, Kernels>(get<I>(p), input<I>(x, state), std::span<const typename P::Activation, y.extent>{y},
                                  std::span<const typename P::Gradient, g.extent>{g}, to, get<I>(state.states), inside);
      if constexpr (I > 0) learn_from<Kernels, I - 1>(p, x, dx, state, sink);
    }
  };
};

template <>
struct Branch<> {
  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t macs = 0;
    static constexpr bool forward_learns = false;
    using Parameters = NoParameters;
    struct Workspace {};
    using X = std::span<const typename A::Input, Input.size()>;

    struct TrainingState {
      const typename A::Input* x = nullptr;
      constexpr X output() const { return X{x, Input.size()}; }
    };

    static constexpr std::uint64_t fingerprint() { return 0; }
    static constexpr void initialize(const Parameters&, const auto&, Random&) {}

    template <class Kernels>
    static constexpr X forward(const Parameters&, X x, const Workspace&) {
      return x;
    }
    template <class Kernels>
    static constexpr void forward(const Parameters&, X x, TrainingState& state, auto&) {
      state.x = x.data();
    }
    static constexpr void undo(const Parameters&, const TrainingState&) {}
    template <class Kernels>
    static constexpr void learn(const Parameters&, X, auto g, auto dx, TrainingState&, auto&) {
      if constexpr (!std::is_same_v<decltype(dx), Unwanted>)
        for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = A::input_gradient(g(i));
    }
  };
};

}  // namespace nn

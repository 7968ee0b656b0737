// TrainerPass: one sample forward through the network, and back; or it is refused, and all is as before.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/gradient_sink.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/bits.hpp"
#include "nn/trainer/memory.hpp"
#include "nn/training_plan.hpp"

namespace nn {

template <class Types>
class TrainerPass : public TrainerMemory<Types> {
  using Memory = TrainerMemory<Types>;
  using Topology = typename Types::Topology;
  using LossFunction = typename Types::LossFunction;
  using LastArithmetic = typename Types::LastArithmetic;
  using Kernels = typename Types::Kernels;
  using Plan = typename Types::Plan;
  using Number = typename Types::Number;
  using Loss = typename Types::Loss;
  using Input = typename Types::Input;
  using Target = typename Types::Target;
  using IsSmall = typename Types::IsSmall;
  static constexpr bool checks = Types::checks;

 public:
  using Memory::Memory;

 protected:
  template <std::size_t Index>
  constexpr auto output() {
    return this->outputs.template at<Index>();
  }
  template <std::size_t Index>
  constexpr auto output_gradient() {
    return this->output_gradients.template at<Plan::layers - 1 - Index>();
  }
  template <std::size_t Index>
  constexpr auto input(Input x) {
    if constexpr (Index == 0)
      return x;
    else
      return as_const(output<Index - 1>());
  }

  // Forward through every layer; learning, layers such as Dropout are active.
  template <bool Learning>
  constexpr void forward(Input x) {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers) {
        this->template watch<Index>();
        [[maybe_unused]] auto&& p = get<Index>(this->parameters);
        [[maybe_unused]] auto&& state = get<Index>(this->states);
        if constexpr (Learning && has_training_state<Layer>)
          if (!forward_learns<Layer> || Index >= this->frozen || carries<Layer>)
            return Layer::template forward<Kernels>(p, input<Index>(x), output<Index>(), state, this->random);
        if constexpr (has_workspace<Layer>) {
          AsInInference nothing;
          Layer::template forward<Kernels>(p, input<Index>(x), output<Index>(), state, nothing);
        } else if constexpr (!Learning || !has_training_state<Layer> || forward_learns<Layer>) {
          Layer::template forward<Kernels>(p, input<Index>(x), output<Index>());
        }
      }
    });
  }

  // The same, then the loss and ∂L/∂y of the last layer.
  template <bool Learning>
  constexpr Loss predict(Input x, Target target) {
    forward<Learning>(x);
    const auto y = as_const(output<Plan::layers - 1>());
    if constexpr (fuses<Topology, LossFunction>)
      return LossFunction::template from_logits<LastArithmetic, Topology::outputs>(y, target,
                                                                                   output_gradient<Plan::layers - 1>());
    else
      return LossFunction::template from_output<LastArithmetic, Topology::outputs>(y, target,
                                                                                   output_gradient<Plan::layers - 1>());
  }

  // What is to be known of a forward pass that learning begins with.
  struct Forward {
    Loss loss{};
    bool refused = true;
    IsSmall x{};  // all inputs
    IsSmall g{};  // ∂L/∂y, y the output of the last layer that training goes through
  };

  static constexpr bool acceptable(Input x, Target target) {
    if (!LossFunction::template accepts<LastArithmetic, Topology::outputs>(target)) return false;
    if constexpr (checks) return is_finite(x, all_small<Kernels>(x));
    return true;
  }

  // Forward, unless the sample is refused; then all is as before.
  constexpr Forward learn_forward(Input x, Target target) {
    Forward result;
    if (!this->optimizer.sound() || !LossFunction::template accepts<LastArithmetic, Topology::outputs>(target)) return refuse();
    if constexpr (checks) {
      result.x = all_small<Kernels>(x);
      if (!is_finite(x, result.x)) return refuse();
    }
    [[maybe_unused]] const auto before = this->random;
    result.loss = predict<true>(x, target);
    if constexpr (checks) {
      const auto g = as_const(output_gradient<Plan::layers - 1>());
      const bool finite = Bits<Loss>::is_finite(result.loss);
      result.g = bounds_gradient<Topology, LossFunction> ? finite : all_small<Kernels>(g);
      if (!finite || !(result.g || all_at_most(Number(gradient_limit), g.data(), g.size()))) {
        this->random = before;
        undo_forward();
        return refuse();
      }
    }
    result.refused = false;
    return result;
  }

  // From the last layer back to the first that learns, whose gradients go to make_sink<Index>(). ∂L/∂x is taken before the
  // weights change.
  constexpr void backward(Input x, auto make_sink) { backward_from<Plan::layers - 1>(x, make_sink); }

 private:
  static constexpr bool is_finite(Input x, bool small) {
    return small || all_at_most(std::numeric_limits<Number>::max(), x.data(), x.size());
  }

  [[gnu::noinline, gnu::cold]] constexpr Forward refuse() {
    ++this->refusals;
    return {};
  }

  constexpr void undo_forward() {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers && (forward_learns<Layer> || carries<Layer>))
        if (Index >= this->frozen || carries<Layer>) Layer::undo(get<Index>(this->parameters), get<Index>(this->states));
    });
  }

  template <std::size_t Index>
  constexpr void backward_from(Input x, auto make_sink) {
    using Layer = typename Topology::template Layer<Index>;
    using Policy = typename Topology::template ArithmeticAt<Index>;
    static_assert(LayerThatLearns<Layer, Policy, Topology::template input_shape_of<Index>>,
                  "nn::LayerThatLearns: a layer of this network lacks backward, a gradient of its Parameters, or learn in place "
                  "of both");
    if (Index < this->frozen) return;
    this->template watch<Index>();
    [[maybe_unused]] const auto& p = get<Index>(this->parameters);
    [[maybe_unused]] auto&& state = get<Index>(this->states);
    const auto in = input<Index>(x);
    const auto g = as_const(output_gradient<Index>());
    if constexpr (learns_at_once<Layer>) {
      auto sink = [&] {
        if constexpr (has_parameters<Layer>) return make_sink.template operator()<Index>();
        else return NoSink{};
      }();
      if constexpr (Index > Plan::first)
        Layer::template learn<Kernels>(p, in, g, output_gradient<Index - 1>(), state, sink);
      else
        Layer::template learn<Kernels>(p, in, g, Unwanted{}, state, sink);
    } else if constexpr (Index > Plan::first) {
      if (Index > this->frozen) {
        const auto y = as_const(output<Index>());
        if constexpr (has_training_state<Layer>)
          Layer::template backward<Kernels>(p, in, y, g, output_gradient<Index - 1>(), state);
        else
          Layer::template backward<Kernels>(p, in, y, g, output_gradient<Index - 1>());
      }
    }
    if constexpr (has_parameters<Layer> && !learns_at_once<Layer>) {
      auto sink = make_sink.template operator()<Index>();
      Layer::gradient(in, g, sink);
    }
    if constexpr (Index > Plan::first) backward_from<Index - 1>(x, make_sink);
  }

  template <class Element, std::size_t Count>
  static constexpr std::span<const Element, Count> as_const(std::span<Element, Count> span) {
    return span;
  }
};

}  // namespace nn

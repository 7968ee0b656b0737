// Trainer<Net, Loss, Optimizer, Batch>: a network that learns where it runs.
//
// It holds the parameters, every layer's output, two gradients of outputs at a time, what the optimizer keeps, and,
// if Batch > 1, one gradient of the parameters. Plain SGD with batch 1 updates in place and has none: sizeof(Trainer) is
// then parameters + outputs + gradients of outputs, plus 8 bytes for the rate and the number of frozen layers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/evaluation.hpp"
#include "nn/fields.hpp"
#include "nn/gradient_sink.hpp"
#include "nn/init/init.hpp"
#include "nn/network.hpp"
#include "nn/optimizer/sgd.hpp"
#include "nn/random.hpp"
#include "nn/training_plan.hpp"
#include "nn/watched.hpp"

namespace nn {

template <class Net, class LossFunction, class Optimizer = Sgd, std::size_t Batch = 1, class Kernels = target::Kernels>
class Trainer {
  static_assert(Batch > 0, "nn::Trainer<Net, Loss, Optimizer, Batch>: a batch has at least one sample");
  static_assert(
      Batch > 1 || !requires { Optimizer::clips_norm; },
      "nn::ClipNorm: clipping looks at the whole gradient before it changes anything, which needs a batch of 2 or more");

  using A = typename Net::Arithmetic;
  static_assert(Net::learns, "nn::Trainer: this arithmetic is for inference; train Net::Learning, then convert its parameters");
  using Plan = TrainingPlan<Net, LossFunction>;
  using L = typename Plan::LastArithmetic;
  using Number = typename L::Activation;
  using Input = std::span<const typename Net::InputNumber, Net::inputs>;

 public:
  using Parameters = typename Net::Parameters;
  using Loss = typename L::Loss;
  using Target = typename LossFunction::template Target<L, Net::outputs>;
  struct Sample {
    Input input;
    Target target;
  };

  // Starts from weights drawn by the initializer.
  template <class Initializer = He>
  constexpr explicit Trainer(const Optimizer& settings, std::uint32_t seed, const Initializer& initializer = {})
      : optimizer{settings}, random{seed} {
    Random start{seed};
    initialize<Net>(parameters, initializer, start);
  }

  // Goes on from given weights; the seed serves layers that draw at random.
  constexpr Trainer(const Optimizer& settings, const Parameters& start, std::uint32_t seed = 0)
      : parameters{start}, optimizer{settings}, random{seed} {}

  // Learns from one sample; returns its loss before the update.
  constexpr Loss step(Input x, Target target)
    requires(Batch == 1)
  {
    [[maybe_unused]] const Watching watching;
    optimizer.begin_step();
    const Loss loss = predict<true>(x, target);
    backward<Plan::layers - 1>(x, [&]<std::size_t I>() { return update_sink<I>(); });
    return loss;
  }

  // Learns from the mean gradient of the samples; returns their mean loss before the update.
  constexpr Loss step(std::span<const Sample, Batch> batch) {
    if constexpr (Batch == 1) {
      return step(batch[0].input, batch[0].target);
    } else {
      Loss loss{};
      for (const Sample& sample : batch) loss = L::loss(loss + accumulate(sample.input, sample.target));
      apply(Batch);
      return L::mean(loss, Batch);
    }
  }

  // A step in two halves, for batches whose samples arrive one by one or whose size is known late: adds the gradient of
  // one sample to the sum and returns its loss, …
  constexpr Loss accumulate(Input x, Target target)
    requires(Batch > 1)
  {
    [[maybe_unused]] const Watching watching;
    const Loss loss = predict<true>(x, target);
    backward<Plan::layers - 1>(x, [&]<std::size_t I>() { return sum_sink<I>(); });
    return loss;
  }

  // … and updates the parameters from the sum over `samples`, which begins anew.
  constexpr void apply(std::size_t samples)
    requires(Batch > 1)
  {
    [[maybe_unused]] const Watching watching;
    optimizer.begin_step();
    float share = 1.0f / static_cast<float>(samples);
    if constexpr (requires { Optimizer::clips_norm; })
      if (optimizer.clips()) share = optimizer.clipped(share, squares_of_sum());
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (has_parameters<Layer>) apply_sum<I>(share);
    });
    gradient.sum = {};
  }

  // The outputs that training sees, without learning: loss, accuracy and confusion matrix over a range of Samples.
  constexpr Evaluation<Net::outputs> evaluate(auto&& samples) {
    [[maybe_unused]] const Watching watching;
    Evaluation<Net::outputs> result;
    for (const Sample& sample : samples) {
      result.loss += static_cast<float>(predict<false>(sample.input, sample.target));
      const auto y = std::span<const Number, Net::outputs>{output<Plan::layers - 1>()};
      const std::size_t predicted = decision(y, LossFunction::template threshold<L>(fuses<Net, LossFunction>));
      const std::size_t actual = LossFunction::template actual<L, Net::outputs>(sample.target);
      ++result.confusion[actual][predicted];
      ++result.samples;
      if (actual == predicted) ++result.right;
    }
    if (result.samples > 0) {
      result.loss /= static_cast<float>(result.samples);
      result.accuracy = static_cast<float>(result.right) / static_cast<float>(result.samples);
    }
    return result;
  }

  // The mean loss alone, for networks whose outputs are no classes.
  constexpr float mean_loss(auto&& samples) {
    [[maybe_unused]] const Watching watching;
    float sum = 0;
    std::size_t count = 0;
    for (const Sample& sample : samples) {
      sum += static_cast<float>(predict<false>(sample.input, sample.target));
      ++count;
    }
    return count == 0 ? 0 : sum / static_cast<float>(count);
  }

  // Keeps the first `layers` layers as they are from now on (0: none), to fine-tune the others.
  constexpr void freeze(std::size_t layers) { frozen = static_cast<std::uint32_t>(layers); }

  static constexpr auto layer_names = [] {
    std::array<std::string_view, Plan::layers> names{};
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (I < Plan::layers) names[I] = Net::template Spec<I>::name;
    });
    return names;
  }();

  Parameters parameters{};
  Optimizer optimizer;

 private:
  template <int>
  struct Nothing {};

 public:
  // How far the numbers of each layer went, if the arithmetic is Watched.
  [[no_unique_address]] std::conditional_t<A::watched, std::array<LayerRanges, Plan::layers>, Nothing<0>> ranges{};

 private:
  struct Sum {
    typename Net::template ParametersIn<typename A::ParameterGradient> sum{};
  };
  using Moments = typename Net::template ParametersIn<typename A::Moment>;
  static constexpr bool draws = [] {
    bool any = false;
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      any = any || has_training_state<Layer> || Net::template ArithmeticAt<I>::draws;
    });
    return any;
  }();
  struct NoRandom {
    constexpr explicit NoRandom(std::uint32_t) {}
  };
  using RandomSource = std::conditional_t<draws, Random, NoRandom>;
  using States = typename TrainingStatesOf<typename Net::Bounds>::type;

  template <std::size_t I>
  constexpr auto output() {
    return outputs.template at<I>();
  }
  template <std::size_t I>
  constexpr auto output_gradient() {
    return output_gradients.template at<Plan::layers - 1 - I>();
  }
  template <std::size_t I>
  constexpr auto input(Input x) {
    if constexpr (I == 0)
      return x;
    else
      return as_const(output<I - 1>());
  }

  // Forward through every layer, then the loss and ∂L/∂y of the last. Learning, layers such as Dropout are active.
  template <bool Learning>
  constexpr Loss predict(Input x, Target target) {
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (I < Plan::layers) {
        watch<I>();
        if constexpr (Learning && has_training_state<Layer>)
          if (!forward_learns<Layer> || I >= frozen)
            return Layer::template forward<Kernels>(get<I>(parameters), input<I>(x), output<I>(), get<I>(states), random);
        if constexpr (has_workspace<Layer>) {
          AsInInference nothing;
          Layer::template forward<Kernels>(get<I>(parameters), input<I>(x), output<I>(), get<I>(states), nothing);
        } else if constexpr (!Learning || !has_training_state<Layer> || forward_learns<Layer>) {
          Layer::template forward<Kernels>(get<I>(parameters), input<I>(x), output<I>());
        }
      }
    });
    const auto y = as_const(output<Plan::layers - 1>());
    if constexpr (fuses<Net, LossFunction>)
      return LossFunction::template from_logits<L, Net::outputs>(y, target, output_gradient<Plan::layers - 1>());
    else
      return LossFunction::template from_output<L, Net::outputs>(y, target, output_gradient<Plan::layers - 1>());
  }

  // From layer I back to the first that learns. ∂L/∂x is taken before the weights change.
  template <std::size_t I>
  constexpr void backward(Input x, auto make_sink) {
    using Layer = typename Net::template Layer<I>;
    static_assert(learns_at_once<Layer> || requires { &Layer::template backward<Kernels>; },
                  "nn::Trainer: a layer of this network has no backward pass and cannot learn");
    if (I < frozen) return;
    watch<I>();
    const auto in = input<I>(x);
    const auto g = as_const(output_gradient<I>());
    if constexpr (learns_at_once<Layer>) {
      auto sink = [&] {
        if constexpr (has_parameters<Layer>) return make_sink.template operator()<I>();
        else return NoSink{};
      }();
      if constexpr (I > Plan::first)
        Layer::template learn<Kernels>(get<I>(parameters), in, g, output_gradient<I - 1>(), get<I>(states), sink);
      else
        Layer::template learn<Kernels>(get<I>(parameters), in, g, Unwanted{}, get<I>(states), sink);
    } else if constexpr (I > Plan::first) {
      if (I > frozen) {
        const auto y = as_const(output<I>());
        if constexpr (has_training_state<Layer>)
          Layer::template backward<Kernels>(get<I>(parameters), in, y, g, output_gradient<I - 1>(), get<I>(states));
        else
          Layer::template backward<Kernels>(get<I>(parameters), in, y, g, output_gradient<I - 1>());
      }
    }
    if constexpr (has_parameters<Layer> && !learns_at_once<Layer>) {
      auto sink = make_sink.template operator()<I>();
      Layer::gradient(in, g, sink);
    }
    if constexpr (I > Plan::first) backward<I - 1>(x, make_sink);
  }

  template <std::size_t I>
  constexpr auto update_sink() {
    return [this]<std::size_t... K>(std::index_sequence<K...>) {
      auto& p = get<I>(parameters);
      return UpdateSink<typename Net::template ArithmeticAt<I>, Kernels, Optimizer, std::remove_reference_t<decltype(p)>, RandomSource,
                        std::remove_reference_t<decltype(get<I>(kept[K]))>...>{optimizer, p, random, std::tie(get<I>(kept[K])...)};
    }(std::make_index_sequence<Optimizer::copies>{});
  }

  template <std::size_t I>
  constexpr auto sum_sink() {
    auto& sum = get<I>(gradient.sum);
    return SumSink<typename Net::template ArithmeticAt<I>, Kernels, std::remove_reference_t<decltype(sum)>>{sum};
  }

  template <std::size_t I>
  constexpr void apply_sum(float share) {
    using P = typename Net::template ArithmeticAt<I>;
    using G = typename P::ParameterGradient;
    if (I < frozen) return;
    watch<I>();
    [this, share]<std::size_t... K>(std::index_sequence<K...>) {
      for_each_row(
          [this, share](auto& sum, auto& w, auto&... state) {
            update_row<P, Kernels>(optimizer, w, [&](std::size_t i) { return P::template scaled_to<G>(share, sum[i]); }, random, state...);
          },
          get<I>(gradient.sum), get<I>(parameters), get<I>(kept[K])...);
    }(std::make_index_sequence<Optimizer::copies>{});
  }

  // Σ sum² over the parameters that learn, in their order.
  constexpr float squares_of_sum() const {
    float squares = 0;
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      if constexpr (has_parameters<Layer>)
        if (I >= frozen)
          for_each_row(
              [&](const auto& row) {
                for (const auto g : row) squares += static_cast<float>(g) * static_cast<float>(g);
              },
              get<I>(gradient.sum));
    });
    return squares;
  }

  // As long as it lives, notes go to this Trainer; afterwards nowhere.
  struct Unwatched {};
  using Watching = std::conditional_t<A::watched, WatchEnd, Unwatched>;

  // Layer I is at work from here on.
  template <std::size_t I>
  constexpr void watch() {
    if constexpr (A::watched) {
      if (std::is_constant_evaluated()) return;
      Watch::layer = &ranges[I];
      Watch::before = I > 0 ? &ranges[I - 1] : nullptr;
    }
  }

  template <class T, std::size_t N>
  static constexpr std::span<const T, N> as_const(std::span<T, N> span) {
    return span;
  }

  std::uint32_t frozen = 0;
  typename Plan::OutputBuffers outputs{};
  typename Plan::GradientBuffers output_gradients{};
  [[no_unique_address]] Kept<Moments, Optimizer> kept{};
  [[no_unique_address]] std::conditional_t<(Batch > 1), Sum, Nothing<1>> gradient{};
  [[no_unique_address]] States states{};
  [[no_unique_address]] RandomSource random;
};

}  // namespace nn

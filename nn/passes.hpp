// Passes: samples of a batch that go through a network side by side, where the target's kernels take several at once, or several
// threads do. Each changes its own Pass alone; the gradients of the parameters are added afterwards, in the order of the samples.
// Every sum is that of a Trainer that takes one sample after the other, and so are all bits.
//
//   forward(p, samples, passes)        outputs, loss and ∂L/∂output of each, or that it is refused
//   backward(p, passes, frozen)        ∂L/∂x of each layer
//   add(sum, passes, frozen, part, parts)    adds ∂L/∂p, of all layers a part, so that parts may be added at the same time
//
// Possible where no layer keeps anything from sample to sample, or draws at random (has_training_state), and nothing is watched.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/gradient_sink.hpp"
#include "nn/layer/layer.hpp"
#include "nn/part_sink.hpp"
#include "nn/training_plan.hpp"

namespace nn {

template <class Kernels>
constexpr std::size_t samples_at_once(bool possible, std::size_t bytes) {
  if constexpr (requires { Kernels::samples_at_once; })
    return possible ? std::min<std::size_t>(Kernels::samples_at_once, (std::size_t{1} << 18) / bytes) : 0;
  return 0;
}

// Layers that can pass several inputs at once with these kernels.
template <class Layer, class Kernels, class Parameters, class FromNumber, class ToNumber>
concept forwards_all = requires(const Parameters& p, std::span<const FromNumber* const> x, std::span<ToNumber* const> y) {
  Layer::template forward_of_all<Kernels>(p, x, y);
};

template <class Topology, class LossFunction, class Kernels, class Sample>
class Passes {
  using Plan = TrainingPlan<Topology, LossFunction>;
  using LastArithmetic = typename Plan::LastArithmetic;
  using Number = typename LastArithmetic::Activation;
  using Parameters = typename Topology::Parameters;
  static constexpr std::size_t layers = Plan::layers;
  static constexpr bool checks = std::is_floating_point_v<Number>;
  using IsSmall = std::conditional_t<checks, bool, Unknown>;
  static constexpr std::size_t group = 16;

 public:
  static constexpr bool possible = [] {
    bool all = !Topology::Arithmetic::watched;
    Topology::for_each_layer(
        [&]<std::size_t Index, class Layer>() { all = all && !has_training_state<Layer> && !learns_at_once<Layer>; });
    return all;
  }();

  // Whether rows of parameters are updated in any order, too: not if rounding draws at random.
  static constexpr bool in_threads = [] {
    bool all = possible;
    Topology::for_each_layer(
        [&]<std::size_t Index, class Layer>() { all = all && !Topology::template ArithmeticAt<Index>::draws; });
    return all;
  }();

  struct Pass {
    const Sample* sample = nullptr;
    typename LastArithmetic::Loss loss{};
    bool refused = true;
    std::array<bool, layers> within_limit{};  // the gradient of a layer that is one product, in float
    IsSmall x{}, g{};                         // all inputs, ∂L/∂output
    alignas(64) typename Plan::OutputBuffers outputs{};
    alignas(64) typename Plan::LastingGradientBuffers gradients{};
  };

  // As many as the kernels take at once, but in no more than 256 KB; 0: one at a time.
  static constexpr std::size_t at_once = samples_at_once<Kernels>(possible, sizeof(Pass));
  using Several = std::array<Pass, at_once>;

  static void forward(const Parameters& parameters, std::span<const Sample> samples, std::span<Pass> passes) {
    for (std::size_t k = 0; k < samples.size(); ++k) {
      Pass& pass = passes[k];
      pass.sample = &samples[k];
      pass.loss = {};
      if constexpr (checks) pass.x = all_small<Kernels>(samples[k].input);
      pass.refused = !acceptable(samples[k], pass.x);
    }
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < layers) forward_layer<Index>(get<Index>(parameters), passes.first(samples.size()));
    });
    in_groups(passes.first(samples.size()), [&](std::span<Pass* const> some) { find_losses(some); });
  }

  static void backward(const Parameters& parameters, std::span<Pass> passes, std::size_t frozen) {
    backward_from<layers - 1>(parameters, passes, frozen);
  }

  static void add(auto& sum, std::span<Pass> passes, std::size_t frozen, std::size_t part = 0, std::size_t parts = 1) {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < layers && has_parameters<Layer>)
        if (Index >= frozen) add_layer<Index>(get<Index>(sum), passes, part, parts);
    });
  }

 private:
  template <std::size_t Index>
  using PolicyAt = typename Topology::template ArithmeticAt<Index>;
  template <std::size_t Index>
  using LayerAt = typename Topology::template Layer<Index>;

  template <std::size_t Index>
  static auto output(Pass& pass) {
    return pass.outputs.template at<Index>();
  }
  template <std::size_t Index>
  static auto gradient(Pass& pass) {
    return pass.gradients.template at<layers - 1 - Index>();
  }
  template <std::size_t Index>
  static auto input(Pass& pass) {
    if constexpr (Index == 0) {
      return pass.sample->input;
    } else {
      const auto y = output<Index - 1>(pass);
      return std::span<const typename decltype(y)::element_type, y.extent>{y};
    }
  }
  template <class Element, std::size_t Count>
  static std::span<const Element, Count> as_const(std::span<Element, Count> span) {
    return span;
  }

  static bool acceptable(const Sample& sample, [[maybe_unused]] IsSmall small) {
    if (!LossFunction::template accepts<LastArithmetic, Topology::outputs>(sample.target)) return false;
    if constexpr (checks)
      return small || all_at_most(std::numeric_limits<Number>::max(), sample.input.data(), sample.input.size());
    return true;
  }

  // In groups of passes that are not refused.
  static void in_groups(std::span<Pass> passes, auto visit) {
    std::array<Pass*, group> some{};
    std::size_t count = 0;
    for (Pass& pass : passes) {
      if (pass.refused) continue;
      some[count++] = &pass;
      if (count < group) continue;
      visit(std::span<Pass* const>{some.data(), count});
      count = 0;
    }
    if (count > 0) visit(std::span<Pass* const>{some.data(), count});
  }

  template <std::size_t Index>
  static void forward_layer(const auto& p, std::span<Pass> passes) {
    using Layer = LayerAt<Index>;
    using FromNumber = typename decltype(input<Index>(std::declval<Pass&>()))::value_type;
    using ToNumber = typename decltype(output<Index>(std::declval<Pass&>()))::value_type;
    in_groups(passes, [&](std::span<Pass* const> some) {
      std::array<const FromNumber*, group> x{};
      std::array<ToNumber*, group> y{};
      for (std::size_t k = 0; k < some.size(); ++k) {
        x[k] = input<Index>(*some[k]).data();
        y[k] = output<Index>(*some[k]).data();
      }
      const auto all_x = std::span<const FromNumber* const>{x}.first(some.size());
      const auto all_y = std::span<ToNumber* const>{y}.first(some.size());
      if constexpr (forwards_all<Layer, Kernels, std::remove_cvref_t<decltype(p)>, FromNumber, ToNumber>)
        Layer::template forward_of_all<Kernels>(p, all_x, all_y);
      else
        for (Pass* pass : some) Layer::template forward<Kernels>(p, input<Index>(*pass), output<Index>(*pass));
    });
  }

  static void find_losses(std::span<Pass* const> some) {
    constexpr std::size_t outputs = Topology::outputs;
    using Gradient = typename LastArithmetic::Gradient;
    using Loss = typename LastArithmetic::Loss;
    if constexpr (fuses<Topology, LossFunction> &&
                  requires(std::span<const Number* const> z, std::span<Gradient* const> g, Number* highest, Loss* log_sum,
                           Pass& pass) {
                    Kernels::template softmax_of_all<outputs>(z, g, highest, log_sum);
                    LossFunction::template from_terms<LastArithmetic, outputs>(
                        as_const(output<layers - 1>(pass)), pass.sample->target, gradient<layers - 1>(pass), *highest, *log_sum);
                  }) {
      std::array<const Number*, group> z{};
      std::array<Gradient*, group> g{};
      std::array<Number, group> highest{};
      std::array<Loss, group> log_sum{};
      for (std::size_t k = 0; k < some.size(); ++k) {
        z[k] = output<layers - 1>(*some[k]).data();
        g[k] = gradient<layers - 1>(*some[k]).data();
      }
      Kernels::template softmax_of_all<outputs>(std::span<const Number* const>{z}.first(some.size()),
                                                std::span<Gradient* const>{g}.first(some.size()), highest.data(), log_sum.data());
      for (std::size_t k = 0; k < some.size(); ++k)
        some[k]->loss = LossFunction::template from_terms<LastArithmetic, outputs>(
            as_const(output<layers - 1>(*some[k])), some[k]->sample->target, gradient<layers - 1>(*some[k]), highest[k],
            log_sum[k]);
    } else {
      for (Pass* pass : some) {
        const auto y = as_const(output<layers - 1>(*pass));
        const auto g = gradient<layers - 1>(*pass);
        if constexpr (fuses<Topology, LossFunction>)
          pass->loss = LossFunction::template from_logits<LastArithmetic, outputs>(y, pass->sample->target, g);
        else
          pass->loss = LossFunction::template from_output<LastArithmetic, outputs>(y, pass->sample->target, g);
      }
    }
    for (Pass* pass : some) refuse_beyond_limit(*pass);
  }

  static void refuse_beyond_limit([[maybe_unused]] Pass& pass) {
    if constexpr (checks) {
      const auto g = gradient<layers - 1>(pass);
      const bool finite = Bits<Number>::is_finite(pass.loss);
      pass.g = bounds_gradient<Topology, LossFunction> ? finite : all_small<Kernels>(as_const(g));
      if (finite && (pass.g || all_at_most(Number(gradient_limit), g.data(), g.size()))) return;
      pass.refused = true;
      pass.loss = {};
    }
  }

  template <std::size_t Index>
  static void backward_from(const Parameters& parameters, std::span<Pass> passes, std::size_t frozen) {
    using Layer = LayerAt<Index>;
    if (Index < frozen) return;
    for (Pass& pass : passes) {
      if (pass.refused) continue;
      const auto g = as_const(gradient<Index>(pass));
      if constexpr (Index > Plan::first)
        if (Index > frozen)
          Layer::template backward<Kernels>(get<Index>(parameters), input<Index>(pass), as_const(output<Index>(pass)), g,
                                            gradient<Index - 1>(pass));
      if constexpr (one_product<Layer> && checks)
        pass.within_limit[Index] = product_within_limit<Kernels>(g, input<Index>(pass), small_at<Index, layers>(pass.x, pass.g));
    }
    if constexpr (Index > Plan::first) backward_from<Index - 1>(parameters, passes, frozen);
  }

  template <std::size_t Index>
  static void add_layer(auto& sum, std::span<Pass> passes, std::size_t part, std::size_t parts) {
    using Layer = LayerAt<Index>;
    using Sink = PartSink<PolicyAt<Index>, Kernels, std::remove_reference_t<decltype(sum)>>;
    if constexpr (one_product<Layer>) {
      in_groups(passes, [&](std::span<Pass* const> some) { add_products<Index>(sum, some, Sink{sum, part, parts}); });
    } else if constexpr (gradient_by_rows<Layer>) {
      Sink sink{sum, part, parts};
      for (Pass& pass : passes)
        if (!pass.refused) Layer::gradient(input<Index>(pass), as_const(gradient<Index>(pass)), sink);
    } else if (Index % parts == part) {
      SumSink<PolicyAt<Index>, Kernels, std::remove_reference_t<decltype(sum)>, Small<>> sink{sum, {}};
      for (Pass& pass : passes)
        if (!pass.refused) Layer::gradient(input<Index>(pass), as_const(gradient<Index>(pass)), sink);
    }
  }

  // Of a layer whose gradient is one product g·xᵀ.
  template <std::size_t Index>
  static void add_products(auto& sum, std::span<Pass* const> some, auto sink) {
    using Gradient = typename PolicyAt<Index>::Gradient;
    using FromNumber = typename decltype(input<Index>(std::declval<Pass&>()))::value_type;
    std::array<const Gradient*, group> g{};
    std::array<const FromNumber*, group> x{};
    bool within = true;
    for (std::size_t k = 0; k < some.size(); ++k) {
      g[k] = gradient<Index>(*some[k]).data();
      x[k] = input<Index>(*some[k]).data();
      within = within && (!checks || some[k]->within_limit[Index]);
    }
    const auto all_g = std::span<const Gradient* const>{g}.first(some.size());
    const auto all_x = std::span<const FromNumber* const>{x}.first(some.size());
    const auto rows = sink.rows(sum.bias.size());
    if constexpr (requires { Kernels::add_outer_products(sum.weight, all_g, all_x, rows.first, rows.last); })
      if (within) {
        Kernels::add_outer_products(sum.weight, all_g, all_x, rows.first, rows.last);
        if constexpr (requires { Kernels::add_each(sum.bias, all_g, rows.first, rows.last); })
          return Kernels::add_each(sum.bias, all_g, rows.first, rows.last);
        for (std::size_t k = 0; k < some.size(); ++k)
          for (std::size_t o = rows.first; o < rows.last; ++o) sum.bias[o] = PolicyAt<Index>::sum(sum.bias[o], g[k][o]);
        return;
      }
    for (Pass* pass : some) LayerAt<Index>::gradient(input<Index>(*pass), as_const(gradient<Index>(*pass)), sink);
  }
};

}  // namespace nn

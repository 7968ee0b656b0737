// Trainer<Net, Loss, Optimizer, Batch>: a network that learns where it runs.
//
// It holds the parameters, every layer's output, two gradients of outputs at a time, what the optimizer keeps, and,
// if Batch > 1, one gradient of the parameters. Plain SGD with batch 1 updates in place and has none: sizeof(Trainer) is
// then parameters + outputs + gradients of outputs, plus 12 bytes for the rate and the numbers of frozen layers and refused
// samples.
//
// Nothing bad gets in. A sample is refused, counted, and changes nothing, if its target is no class of the network, or, in float,
// if one of its inputs is not finite, its loss is not, or a gradient ∂L/∂output of its loss is beyond ±2^40; so is every sample
// while the optimizer's settings are not sound. Where the gradient of a single parameter is beyond ±2^40, that parameter keeps
// its value (nn/gradient_limit.hpp). All this depends on nothing but the numbers: it is the same on every core.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/init/init.hpp"
#include "nn/mistaken.hpp"
#include "nn/network.hpp"
#include "nn/optimizer/sgd.hpp"
#include "nn/random.hpp"
#include "nn/trainer/types.hpp"
#include "nn/trainer/update.hpp"

namespace nn {

template <class Topology, class LossFunction, class Optimizer = Sgd, std::size_t Batch = 1, class GivenKernels = target::Kernels>
class Trainer : public TrainerUpdate<TrainerTypes<Topology, LossFunction, Optimizer, Batch, GivenKernels>> {
  using Types = TrainerTypes<Topology, LossFunction, Optimizer, Batch, GivenKernels>;
  using Base = TrainerUpdate<Types>;
  using Plan = typename Types::Plan;
  using LastArithmetic = typename Types::LastArithmetic;
  using Input = typename Types::Input;
  using Watching = typename Types::Watching;

  using typename Base::Forward;

 public:
  using Parameters = typename Types::Parameters;
  using Loss = typename Types::Loss;
  using Value = typename Types::Number;  // of a target that is not a class
  using Target = typename Types::Target;
  using Sample = typename Types::Sample;
  using SideBySide = typename Types::SideBySide;
  static constexpr bool side_by_side = Types::side_by_side;

  template <class... Given>
  static constexpr bool takes_sample = std::is_invocable_v<void (*)(Input, Target), Given...>;
  template <class... Given>
  static constexpr bool takes_batch = std::is_invocable_v<void (*)(std::span<const Sample, Batch>), Given...>;

  // Starts from weights drawn by the initializer.
  template <class Initializer = He>
  constexpr explicit Trainer(const Optimizer& settings, std::uint32_t seed, const Initializer& initializer = {})
      : Base{settings, seed} {
    Random start{seed};
    initialize<Topology>(this->parameters, initializer, start);
  }

  // Goes on from given weights; the seed serves layers that draw at random.
  constexpr Trainer(const Optimizer& settings, const Parameters& start, std::uint32_t seed = 0)
      : Base{settings, start, seed} {}

  constexpr Trainer() {
    static_assert(mistaken<Topology>, "nn::Trainer: expected the optimizer's settings and a seed, as in {{.rate = 0.05f}, seed}");
  }
  template <class Given>
    requires(std::is_class_v<Given> && !std::is_convertible_v<const Given&, const Parameters&>)
  constexpr Trainer(const Optimizer&, const Given&, std::uint32_t = 0) {
    static_assert(mistaken<Given>, "nn::Trainer: expected a seed or parameters of this network, of type Net::Parameters");
  }

  // Learns from one sample; returns its loss before the update, 0 if it was refused.
  constexpr Loss step(Input x, Target target)
    requires(Batch == 1)
  {
    [[maybe_unused]] const Watching watching;
    const Forward learning = this->learn_forward(x, target);
    if (learning.refused) return {};
    this->optimizer.begin_step();
    this->backward_updating(x, learning);
    return learning.loss;
  }

  // Learns from the mean gradient of the samples that are not refused; returns their mean loss before the update.
  constexpr Loss step(std::span<const Sample, Batch> batch) {
    if constexpr (Batch == 1) {
      return step(batch[0].input, batch[0].target);
    } else {
      Loss loss{};
      const std::uint32_t before = this->refusals;
      accumulate_all(batch, [&](Loss of_sample) { loss = LastArithmetic::loss(loss + of_sample); });
      const std::size_t learnt = Batch - (this->refusals - before);
      if (learnt == 0) return {};
      apply(learnt);
      return LastArithmetic::mean(loss, learnt);
    }
  }

  // A step in two halves, for batches whose samples arrive one by one or whose size is known late: adds the gradient of
  // one sample to the sum and returns its loss, or leaves the sum as it is and returns 0; …
  constexpr Loss accumulate(Input x, Target target)
    requires(Batch > 1)
  {
    [[maybe_unused]] const Watching watching;
    const Forward learning = this->learn_forward(x, target);
    if (learning.refused) return {};
    this->backward_summing(x, learning);
    return learning.loss;
  }

  // (the same of one sample after the other, visit(loss) for each)
  constexpr void accumulate_all(std::span<const Sample> samples, auto visit)
    requires(Batch > 1)
  {
    if constexpr (side_by_side)
      if (!std::is_constant_evaluated()) {
        for (std::size_t k = 0; k < samples.size(); k += this->passes.size()) {
          const auto some = std::span{this->passes}.first(std::min(this->passes.size(), samples.size() - k));
          pass(samples.subspan(k, some.size()), some);
          add(some, 0, 1);
          count_refused(some);
          for (const Pass& each : some) visit(each.loss);
        }
        return;
      }
    for (const Sample& sample : samples) visit(accumulate(sample.input, sample.target));
  }

  // For who has gradients of a batch of his own: what accumulate() adds to.
  constexpr auto& gradient_sum()
    requires(Batch > 1)
  {
    return this->gradient.sum;
  }

  // … and updates the parameters from the sum over `samples`, which begins anew.
  constexpr void apply(std::size_t samples)
    requires(Batch > 1)
  {
    [[maybe_unused]] const Watching watching;
    if (samples > 0 && this->optimizer.sound()) this->apply_rows(begin_apply(samples), [] { return true; });
    this->gradient.sum = {};
  }

  // Whatever else is given: says what is taken.
  template <class... Given>
    requires(!(Batch == 1 && takes_sample<Given...>) && !takes_batch<Given...>)
  constexpr Loss step(Given&&...) {
    static_assert(Batch == 1,
                  "nn::Trainer: step() of this trainer takes a batch, a std::array or std::span of exactly Batch samples "
                  "{input, target}; for samples one by one there are accumulate() and apply()");
    static_assert(Batch > 1 || mistaken<Given...>,
                  "nn::Trainer: step() takes an input, a std::array or std::span of exactly Net::inputs numbers of type "
                  "Net::InputNumber, and the target of its loss: a class number, or a std::array or std::span of exactly "
                  "Net::outputs numbers");
    return {};
  }
  template <class... Given>
    requires(Batch == 1 || !takes_sample<Given...>)
  constexpr Loss accumulate(Given&&...) {
    static_assert(Batch > 1, "nn::Trainer: there is nothing to accumulate in a batch of 1; expected step(), or a greater Batch");
    static_assert(Batch == 1 || mistaken<Given...>,
                  "nn::Trainer: accumulate() takes an input, a std::array or std::span of exactly Net::inputs numbers of type "
                  "Net::InputNumber, and the target of its loss: a class number, or exactly Net::outputs numbers");
    return {};
  }

  // The same in pieces, for several threads, if SideBySide::in_threads: samples pass side by side, each on its own; then some
  // rows of the sum are added in each of the `parts`; then some rows of parameters updated in each, whose sums begin anew. The
  // bits are those of accumulate_all and apply.
  using Pass = typename SideBySide::Pass;
  void pass(std::span<const Sample> samples, std::span<Pass> to) const {
    if (!this->optimizer.sound()) {
      for (Pass& each : to) each.refused = true, each.loss = {};
      return;
    }
    SideBySide::forward(this->parameters, samples, to);
    SideBySide::backward(this->parameters, to, this->frozen);
  }
  void add(std::span<Pass> from, std::size_t part, std::size_t parts) {
    SideBySide::add(this->gradient.sum, from, this->frozen, part, parts);
  }
  void count_refused(std::span<const Pass> from) {
    this->refusals += static_cast<std::uint32_t>(std::ranges::count_if(from, &Pass::refused));
  }
  // What each sample counts for in a step over so many that are not refused, one at least.
  constexpr float begin_apply(std::size_t samples) {
    this->optimizer.begin_step();
    const float share = 1.0f / static_cast<float>(samples);
    if constexpr (requires { Optimizer::clips_norm; })
      if (this->optimizer.clips()) {
        float squares = 0;  // Σ sum²
        this->for_each_row_of_sum([&](const auto& row) {
          for (const auto g : row) squares += static_cast<float>(g) * static_cast<float>(g);
        });
        return this->optimizer.clipped(share, squares);
      }
    return share;
  }
  void apply_part(float share, std::size_t part, std::size_t parts) {
    std::size_t row = 0;
    const auto is_mine = [&] { return parts == 1 || row++ % parts == part; };
    this->apply_rows(share, is_mine);
    if (parts == 1) {
      this->gradient.sum = {};
      return;
    }
    row = 0;
    this->for_each_row_of_sum([&](auto& sum) {
      if (is_mine()) sum = {};
    });
  }

  static constexpr auto layer_names = [] {
    std::array<std::string_view, Plan::layers> names{};
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers) names[Index] = Topology::template Spec<Index>::name;
    });
    return names;
  }();
};

}  // namespace nn

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
#include <limits>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/evaluation.hpp"
#include "nn/fields.hpp"
#include "nn/gradient_limit.hpp"
#include "nn/gradient_sink.hpp"
#include "nn/init/init.hpp"
#include "nn/loss/fits.hpp"
#include "nn/mistaken.hpp"
#include "nn/network.hpp"
#include "nn/optimizer/sgd.hpp"
#include "nn/passes.hpp"
#include "nn/random.hpp"
#include "nn/training_plan.hpp"
#include "nn/watched.hpp"

namespace nn {

// What a trainer learns from, whatever its optimizer.
template <class Input, class Target>
struct TrainingSample {
  Input input;
  Target target;
};

template <class Topology, class LossFunction, class Optimizer = Sgd, std::size_t Batch = 1, class GivenKernels = target::Kernels>
class Trainer {
  static_assert(requires { typename LossFunction::template Target<Real<float>, 2>; },
                "nn::Trainer<Net, Loss, Optimizer, Batch>: the second argument is a loss, such as nn::CrossEntropy");
  static_assert(requires { Optimizer::copies; },
                "nn::Trainer<Net, Loss, Optimizer, Batch>: the third argument is an optimizer, such as nn::Sgd");
  static_assert(Batch > 0, "nn::Trainer<Net, Loss, Optimizer, Batch>: a batch has at least one sample");
  static_assert(
      Batch > 1 || !requires { Optimizer::clips_norm; },
      "nn::ClipNorm: clipping looks at the whole gradient before it changes anything, which needs a batch of 2 or more");

  using Last = typename Topology::template Spec<Topology::layers - 1>;
  static_assert(takes_output_of<LossFunction, Last>,
                "nn::Trainer: the last layer gives what this loss cannot take; expected Softmax for CrossEntropy, Sigmoid for "
                "BinaryCrossEntropy, or MeanSquaredError");
  static_assert(!gives_distribution<Last> || Topology::outputs > 1,
                "nn::Softmax: of one output it is always 1; expected Dense<1>, Sigmoid with BinaryCrossEntropy, or two outputs and more");

  using Arithmetic = typename Topology::Arithmetic;
  using Kernels = KernelsFor<Arithmetic, GivenKernels>;
  static_assert(Topology::learns,
                "nn::Trainer: this arithmetic is for inference; train Net::Learning, then convert its parameters");
  using Plan = TrainingPlan<Topology, LossFunction>;
  using LastArithmetic = typename Plan::LastArithmetic;
  using Number = typename LastArithmetic::Activation;
  using Input = std::span<const typename Topology::InputNumber, Topology::inputs>;

 public:
  using Parameters = typename Topology::Parameters;
  using Loss = typename LastArithmetic::Loss;
  using Value = Number;  // of a target that is not a class
  using Target = typename LossFunction::template Target<LastArithmetic, Topology::outputs>;
  using Sample = TrainingSample<Input, Target>;
  using SideBySide = Passes<Topology, LossFunction, Kernels, Sample>;
  static constexpr bool side_by_side = Batch > 1 && SideBySide::at_once > 1;

  template <class... Given>
  static constexpr bool takes_sample = std::is_invocable_v<void (*)(Input, Target), Given...>;
  template <class... Given>
  static constexpr bool takes_batch = std::is_invocable_v<void (*)(std::span<const Sample, Batch>), Given...>;

  // Starts from weights drawn by the initializer.
  template <class Initializer = He>
  constexpr explicit Trainer(const Optimizer& settings, std::uint32_t seed, const Initializer& initializer = {})
      : optimizer{settings}, random{seed} {
    Random start{seed};
    initialize<Topology>(parameters, initializer, start);
  }

  // Goes on from given weights; the seed serves layers that draw at random.
  constexpr Trainer(const Optimizer& settings, const Parameters& start, std::uint32_t seed = 0)
      : parameters{start}, optimizer{settings}, random{seed} {}

  constexpr Trainer() : random{0} {
    static_assert(mistaken<Topology>, "nn::Trainer: expected the optimizer's settings and a seed, as in {{.rate = 0.05f}, seed}");
  }
  template <class Given>
    requires(std::is_class_v<Given> && !std::is_convertible_v<const Given&, const Parameters&>)
  constexpr Trainer(const Optimizer&, const Given&, std::uint32_t = 0) : random{0} {
    static_assert(mistaken<Given>, "nn::Trainer: expected a seed or parameters of this network, of type Net::Parameters");
  }

  // Learns from one sample; returns its loss before the update, 0 if it was refused.
  constexpr Loss step(Input x, Target target)
    requires(Batch == 1)
  {
    [[maybe_unused]] const Watching watching;
    const Forward learning = learn_forward(x, target);
    if (learning.refused) return {};
    optimizer.begin_step();
    backward<Plan::layers - 1>(x, [&]<std::size_t Index>() { return update_sink<Index>(learning); });
    return learning.loss;
  }

  // Learns from the mean gradient of the samples that are not refused; returns their mean loss before the update.
  constexpr Loss step(std::span<const Sample, Batch> batch) {
    if constexpr (Batch == 1) {
      return step(batch[0].input, batch[0].target);
    } else {
      Loss loss{};
      const std::uint32_t before = refusals;
      accumulate_all(batch, [&](Loss of_sample) { loss = LastArithmetic::loss(loss + of_sample); });
      const std::size_t learnt = Batch - (refusals - before);
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
    const Forward learning = learn_forward(x, target);
    if (learning.refused) return {};
    backward<Plan::layers - 1>(x, [&]<std::size_t Index>() { return sum_sink<Index>(learning); });
    return learning.loss;
  }

  // (the same of one sample after the other, visit(loss) for each)
  constexpr void accumulate_all(std::span<const Sample> samples, auto visit)
    requires(Batch > 1)
  {
    if constexpr (side_by_side)
      if (!std::is_constant_evaluated()) {
        for (std::size_t k = 0; k < samples.size(); k += passes.size()) {
          const auto some = std::span{passes}.first(std::min(passes.size(), samples.size() - k));
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
    return gradient.sum;
  }

  // … and updates the parameters from the sum over `samples`, which begins anew.
  constexpr void apply(std::size_t samples)
    requires(Batch > 1)
  {
    [[maybe_unused]] const Watching watching;
    if (samples > 0 && optimizer.sound()) {
      const float share = begin_apply(samples);
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        if constexpr (has_parameters<Layer>) apply_sum<Index>(share, [] { return true; });
      });
    }
    gradient.sum = {};
  }

  // Whatever else is given: says what is taken.
  template <class... Given>
    requires(!(Batch == 1 && takes_sample<Given...>) && !takes_batch<Given...>)
  constexpr Loss step(Given&&...) {
    static_assert(Batch == 1, "nn::Trainer: step() of this trainer takes a batch, a std::array or std::span of exactly Batch samples "
                              "{input, target}; for samples one by one there are accumulate() and apply()");
    static_assert(Batch > 1 || mistaken<Given...>,
                  "nn::Trainer: step() takes an input, a std::array or std::span of exactly Net::inputs numbers of type Net::InputNumber, "
                  "and the target of its loss: a class number, or a std::array or std::span of exactly Net::outputs numbers");
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

  // The same in pieces, for several threads, if SideBySide::in_threads: samples pass side by side, each on its own; then some rows of
  // the sum are added in each of the `parts`; then some rows of parameters updated in each, whose sums begin anew. The bits are
  // those of accumulate_all and apply.
  using Pass = typename SideBySide::Pass;
  void pass(std::span<const Sample> samples, std::span<Pass> to) const {
    if (!optimizer.sound()) {
      for (Pass& each : to) each.refused = true, each.loss = {};
      return;
    }
    SideBySide::forward(parameters, samples, to);
    SideBySide::backward(parameters, to, frozen);
  }
  void add(std::span<Pass> from, std::size_t part, std::size_t parts) { SideBySide::add(gradient.sum, from, frozen, part, parts); }
  void count_refused(std::span<const Pass> from) { refusals += static_cast<std::uint32_t>(std::ranges::count_if(from, &Pass::refused)); }
  // What each sample counts for in a step over so many that are not refused, one at least.
  constexpr float begin_apply(std::size_t samples) {
    optimizer.begin_step();
    const float share = 1.0f / static_cast<float>(samples);
    if constexpr (requires { Optimizer::clips_norm; })
      if (optimizer.clips()) return optimizer.clipped(share, squares_of_sum());
    return share;
  }
  void apply_part(float share, std::size_t part, std::size_t parts) {
    std::size_t row = 0;
    const auto is_mine = [&] { return row++ % parts == part; };
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (has_parameters<Layer>) apply_sum<Index>(share, is_mine);
    });
    row = 0;
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (has_parameters<Layer>)
        if (Index >= frozen)
          for_each_row([&](auto& sum) { if (is_mine()) sum = {}; }, get<Index>(gradient.sum));
    });
  }

  // How many samples were refused so far.
  constexpr std::uint32_t refused() const { return refusals; }

  // The outputs that training sees, without learning: loss, accuracy and confusion matrix over a range of Samples.
  constexpr Evaluation<Topology::outputs> evaluate(auto&& samples) {
    [[maybe_unused]] const Watching watching;
    Evaluation<Topology::outputs> result;
    for (const Sample& sample : samples) {
      if (!acceptable(sample.input, sample.target)) {
        ++result.refused;
        continue;
      }
      result.loss += static_cast<float>(predict<false>(sample.input, sample.target));
      const std::size_t predicted = decided();
      const std::size_t actual = LossFunction::template actual<LastArithmetic, Topology::outputs>(sample.target);
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

  // The class that the network decides for, and that it decided for before the last step.
  constexpr std::size_t decide(Input x) {
    [[maybe_unused]] const Watching watching;
    forward<false>(x);
    return decided();
  }
  constexpr std::size_t decided() {
    const auto y = std::span<const Number, Topology::outputs>{output<Plan::layers - 1>()};
    return decision(y, LossFunction::template threshold<LastArithmetic>(fuses<Topology, LossFunction>));
  }

  // Keeps the first `layers` layers as they are from now on (0: none), to fine-tune the others.
  constexpr void freeze(std::size_t layers) { frozen = static_cast<std::uint32_t>(layers); }

  // Where layers carry a state from sample to sample (Truncated), the next sample begins at 0 again.
  constexpr void begin_stream() { states = {}; }

  // What the next step depends on besides the parameters and the optimizer's settings, for nn/store/training_image.hpp: calls
  // visit(what the optimizer keeps for each parameter, the generator, the number of frozen layers).
  constexpr void visit_state(auto&& visit) { visit(kept, random, frozen); }
  constexpr void visit_state(auto&& visit) const { visit(kept, random, frozen); }

  static constexpr auto layer_names = [] {
    std::array<std::string_view, Plan::layers> names{};
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers) names[Index] = Topology::template Spec<Index>::name;
    });
    return names;
  }();

  alignas(side_by_side ? 64 : alignof(Parameters)) Parameters parameters{};
  Optimizer optimizer;

 private:
  template <int>
  struct Nothing {
    using Several = Nothing;
  };

 public:
  // How far the numbers of each layer went, if the arithmetic is Watched.
  [[no_unique_address]] std::conditional_t<Arithmetic::watched, std::array<LayerRanges, Plan::layers>, Nothing<0>> ranges{};

 private:
  struct Sum {
    using Type = typename Topology::template ParametersIn<typename Arithmetic::ParameterGradient>;
    alignas(side_by_side ? 64 : alignof(Type)) Type sum{};
  };
  using Moments = typename Topology::template ParametersIn<typename Arithmetic::Moment>;
  static constexpr bool draws = [] {
    bool any = false;
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      any = any || has_training_state<Layer> || Topology::template ArithmeticAt<Index>::draws;
    });
    return any;
  }();
  struct NoRandom {
    constexpr explicit NoRandom(std::uint32_t) {}
  };
  using RandomSource = std::conditional_t<draws, Random, NoRandom>;
  using States = typename TrainingStatesOf<typename Topology::Bounds>::type;

  template <std::size_t Index>
  constexpr auto output() {
    return outputs.template at<Index>();
  }
  template <std::size_t Index>
  constexpr auto output_gradient() {
    return output_gradients.template at<Plan::layers - 1 - Index>();
  }
  template <std::size_t Index>
  constexpr auto input(Input x) {
    if constexpr (Index == 0)
      return x;
    else
      return as_const(output<Index - 1>());
  }

  // Forward through every layer; learning, layers such as Dropout are active. Then the loss and ∂L/∂y of the last.
  template <bool Learning>
  constexpr void forward(Input x) {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers) {
        watch<Index>();
        if constexpr (Learning && has_training_state<Layer>)
          if (!forward_learns<Layer> || Index >= frozen || carries<Layer>)
            return Layer::template forward<Kernels>(get<Index>(parameters), input<Index>(x), output<Index>(), get<Index>(states),
                                                    random);
        if constexpr (has_workspace<Layer>) {
          AsInInference nothing;
          Layer::template forward<Kernels>(get<Index>(parameters), input<Index>(x), output<Index>(), get<Index>(states), nothing);
        } else if constexpr (!Learning || !has_training_state<Layer> || forward_learns<Layer>) {
          Layer::template forward<Kernels>(get<Index>(parameters), input<Index>(x), output<Index>());
        }
      }
    });
  }

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
  static constexpr bool checks = std::is_floating_point_v<Number>;
  using IsSmall = std::conditional_t<checks, bool, Unknown>;
  struct Forward {
    Loss loss{};
    bool refused = true;
    IsSmall x{};  // all inputs
    IsSmall g{};  // ∂L/∂y, y the output of the last layer that training goes through
  };

  static constexpr bool is_finite(Input x, bool small) {
    return small || all_at_most(std::numeric_limits<Number>::max(), x.data(), x.size());
  }
  static constexpr bool acceptable(Input x, Target target) {
    if (!LossFunction::template accepts<LastArithmetic, Topology::outputs>(target)) return false;
    if constexpr (checks) return is_finite(x, all_small<Kernels>(x));
    return true;
  }

  // Forward, unless the sample is refused; then all is as before.
  constexpr Forward learn_forward(Input x, Target target) {
    Forward result;
    if (!optimizer.sound() || !LossFunction::template accepts<LastArithmetic, Topology::outputs>(target)) return refuse();
    if constexpr (checks) {
      result.x = all_small<Kernels>(x);
      if (!is_finite(x, result.x)) return refuse();
    }
    [[maybe_unused]] const RandomSource before = random;
    result.loss = predict<true>(x, target);
    if constexpr (checks) {
      const auto g = as_const(output_gradient<Plan::layers - 1>());
      const bool finite = Bits<Loss>::is_finite(result.loss);
      result.g = bounds_gradient<Topology, LossFunction> ? finite : all_small<Kernels>(g);
      if (!finite || !(result.g || all_at_most(Number(gradient_limit), g.data(), g.size()))) {
        random = before;
        undo_forward();
        return refuse();
      }
    }
    result.refused = false;
    return result;
  }

  [[gnu::noinline, gnu::cold]] constexpr Forward refuse() {
    ++refusals;
    return {};
  }

  constexpr void undo_forward() {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (Index < Plan::layers && (forward_learns<Layer> || carries<Layer>))
        if (Index >= frozen || carries<Layer>) Layer::undo(get<Index>(parameters), get<Index>(states));
    });
  }

  // From layer Index back to the first that learns. ∂L/∂x is taken before the weights change.
  template <std::size_t Index>
  constexpr void backward(Input x, auto make_sink) {
    using Layer = typename Topology::template Layer<Index>;
    static_assert(LayerThatLearns<Layer, typename Topology::template ArithmeticAt<Index>, Topology::template input_shape_of<Index>>,
                  "nn::LayerThatLearns: a layer of this network lacks backward, a gradient of its Parameters, or learn in place of both");
    if (Index < frozen) return;
    watch<Index>();
    const auto in = input<Index>(x);
    const auto g = as_const(output_gradient<Index>());
    if constexpr (learns_at_once<Layer>) {
      auto sink = [&] {
        if constexpr (has_parameters<Layer>) return make_sink.template operator()<Index>();
        else return NoSink{};
      }();
      if constexpr (Index > Plan::first)
        Layer::template learn<Kernels>(get<Index>(parameters), in, g, output_gradient<Index - 1>(), get<Index>(states), sink);
      else
        Layer::template learn<Kernels>(get<Index>(parameters), in, g, Unwanted{}, get<Index>(states), sink);
    } else if constexpr (Index > Plan::first) {
      if (Index > frozen) {
        const auto y = as_const(output<Index>());
        if constexpr (has_training_state<Layer>)
          Layer::template backward<Kernels>(get<Index>(parameters), in, y, g, output_gradient<Index - 1>(), get<Index>(states));
        else
          Layer::template backward<Kernels>(get<Index>(parameters), in, y, g, output_gradient<Index - 1>());
      }
    }
    if constexpr (has_parameters<Layer> && !learns_at_once<Layer>) {
      auto sink = make_sink.template operator()<Index>();
      Layer::gradient(in, g, sink);
    }
    if constexpr (Index > Plan::first) backward<Index - 1>(x, make_sink);
  }

  // What is known already of the input and ∂L/∂output of layer Index.
  template <std::size_t Index>
  static constexpr auto known(const Forward& learning) {
    if constexpr (Index == 0 && Index == Plan::layers - 1) return Small<IsSmall, IsSmall>{learning.x, learning.g};
    else if constexpr (Index == 0) return Small<IsSmall, Unknown>{learning.x, {}};
    else if constexpr (Index == Plan::layers - 1) return Small<Unknown, IsSmall>{{}, learning.g};
    else return Small<>{};
  }

  template <std::size_t Index>
  constexpr auto update_sink(const Forward& learning) {
    const auto small = known<Index>(learning);
    return [this, &small]<std::size_t... Copy>(std::index_sequence<Copy...>) {
      auto& p = get<Index>(parameters);
      return UpdateSink<typename Topology::template ArithmeticAt<Index>, Kernels, Optimizer, std::remove_reference_t<decltype(p)>,
                        RandomSource, std::remove_const_t<decltype(small)>,
                        std::remove_reference_t<decltype(get<Index>(kept[Copy]))>...>{optimizer, p, random, small,
                                                                                      std::tie(get<Index>(kept[Copy])...)};
    }(std::make_index_sequence<Optimizer::copies>{});
  }

  template <std::size_t Index>
  constexpr auto sum_sink(const Forward& learning) {
    auto& sum = get<Index>(gradient.sum);
    const auto small = known<Index>(learning);
    return SumSink<typename Topology::template ArithmeticAt<Index>, Kernels, std::remove_reference_t<decltype(sum)>,
                   std::remove_const_t<decltype(small)>>{sum, small};
  }

  template <std::size_t Index>
  constexpr void apply_sum(float share, auto takes) {
    using Policy = typename Topology::template ArithmeticAt<Index>;
    using Gradient = typename Policy::ParameterGradient;
    if (Index < frozen) return;
    watch<Index>();
    [this, share, &takes]<std::size_t... Copy>(std::index_sequence<Copy...>) {
      for_each_row(
          [this, share, &takes](auto& sum, auto& w, auto&... state) {
            if (!takes()) return;
            if constexpr (std::is_floating_point_v<Gradient>)
              update_some<Policy, Kernels>(optimizer, w.data(), Gradient(share), sum.data(), w.size(), random, state.data()...);
            else if (!descends<Policy>(w, sum, share))
              update_row<Policy, Kernels>(
                  optimizer, w, [&](std::size_t i) { return Policy::template scaled_to<Gradient>(share, sum[i]); }, random,
                  state...);
          },
          get<Index>(gradient.sum), get<Index>(parameters), get<Index>(kept[Copy])...);
    }(std::make_index_sequence<Optimizer::copies>{});
  }

  // In fixed point rounded to the nearest, if the optimizer and the kernels do a whole row at once.
  template <class Policy>
  constexpr bool descends(auto& w, const auto& sum, float share) const {
    if constexpr (!Policy::draws && !Policy::watched && requires { optimizer.template descend<Policy, Kernels>(w, sum, share); })
      return optimizer.template descend<Policy, Kernels>(w, sum, share);
    return false;
  }

  // Σ sum² over the parameters that learn, in their order.
  constexpr float squares_of_sum() const {
    float squares = 0;
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (has_parameters<Layer>)
        if (Index >= frozen)
          for_each_row(
              [&](const auto& row) {
                for (const auto g : row) squares += static_cast<float>(g) * static_cast<float>(g);
              },
              get<Index>(gradient.sum));
    });
    return squares;
  }

  // As long as it lives, notes go to this Trainer; afterwards nowhere.
  struct Unwatched {};
  using Watching = std::conditional_t<Arithmetic::watched, WatchEnd, Unwatched>;

  // Layer Index is at work from here on.
  template <std::size_t Index>
  constexpr void watch() {
    if constexpr (Arithmetic::watched) {
      if (std::is_constant_evaluated()) return;
      Watch::layer = &ranges[Index];
      Watch::before = Index > 0 ? &ranges[Index - 1] : nullptr;
    }
  }

  template <class Element, std::size_t Count>
  static constexpr std::span<const Element, Count> as_const(std::span<Element, Count> span) {
    return span;
  }

  std::uint32_t frozen = 0;
  std::uint32_t refusals = 0;
  typename Plan::OutputBuffers outputs{};
  typename Plan::GradientBuffers output_gradients{};
  [[no_unique_address]] Kept<Moments, Optimizer> kept{};
  [[no_unique_address]] std::conditional_t<(Batch > 1), Sum, Nothing<1>> gradient{};
  [[no_unique_address]] States states{};
  [[no_unique_address]] RandomSource random;

  [[no_unique_address]] typename std::conditional_t<side_by_side, SideBySide, Nothing<2>>::Several passes{};
};

}  // namespace nn

// TrainerTypes: what a Trainer is given, what that must be, and the types that follow from it.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/kernels.hpp"
#include "nn/loss/fits.hpp"
#include "nn/passes.hpp"
#include "nn/training_plan.hpp"
#include "nn/watched.hpp"

namespace nn {

// What a trainer learns from, whatever its optimizer.
template <class Input, class Target>
struct TrainingSample {
  Input input;
  Target target;
};

template <class GivenTopology, class GivenLoss, class GivenOptimizer, std::size_t Batch, class GivenKernels>
struct TrainerTypes {
  static_assert(requires { typename GivenLoss::template Target<Real<float>, 2>; },
                "nn::Trainer<Net, Loss, Optimizer, Batch>: the second argument is a loss, such as nn::CrossEntropy");
  static_assert(requires { GivenOptimizer::copies; },
                "nn::Trainer<Net, Loss, Optimizer, Batch>: the third argument is an optimizer, such as nn::Sgd");
  static_assert(Batch > 0, "nn::Trainer<Net, Loss, Optimizer, Batch>: a batch has at least one sample");
  static_assert(
      Batch > 1 || !requires { GivenOptimizer::clips_norm; },
      "nn::ClipNorm: clipping looks at the whole gradient before it changes anything, which needs a batch of 2 or more");

  using Topology = GivenTopology;
  using LossFunction = GivenLoss;
  using Optimizer = GivenOptimizer;
  static constexpr std::size_t batch = Batch;

  using Last = typename Topology::template Spec<Topology::layers - 1>;
  static_assert(takes_output_of<LossFunction, Last>,
                "nn::Trainer: the last layer gives what this loss cannot take; expected Softmax for CrossEntropy, Sigmoid for "
                "BinaryCrossEntropy, or MeanSquaredError");
  static_assert(!gives_distribution<Last> || Topology::outputs > 1,
                "nn::Softmax: of one output it is always 1; expected Dense<1>, Sigmoid with BinaryCrossEntropy, or two outputs "
                "and more");

  using Arithmetic = typename Topology::Arithmetic;
  using Kernels = KernelsFor<Arithmetic, GivenKernels>;
  static_assert(!requires { Topology::laid_out; }, "nn::Trainer: what nn::LaidOut lays out is constant; expected its Net");
  static_assert(Topology::learns,
                "nn::Trainer: this arithmetic is for inference; train Net::Learning, then convert its parameters");

  using Plan = TrainingPlan<Topology, LossFunction>;
  using LastArithmetic = typename Plan::LastArithmetic;
  using Number = typename LastArithmetic::Activation;  // of an output
  using Loss = typename LastArithmetic::Loss;
  using Input = std::span<const typename Topology::InputNumber, Topology::inputs>;
  using Target = typename LossFunction::template Target<LastArithmetic, Topology::outputs>;
  using Sample = TrainingSample<Input, Target>;
  using Parameters = typename Topology::Parameters;

  using SideBySide = Passes<Topology, LossFunction, Kernels, Sample>;
  static constexpr bool side_by_side = Batch > 1 && SideBySide::at_once > 1;

  // In float, whether numbers are finite and small is looked at, and known of some from then on.
  static constexpr bool checks = std::is_floating_point_v<Number>;
  using IsSmall = std::conditional_t<checks, bool, Unknown>;

  // As long as it lives, notes go to this Trainer; afterwards nowhere.
  struct Unwatched {};
  using Watching = std::conditional_t<Arithmetic::watched, WatchEnd, Unwatched>;
};

}  // namespace nn

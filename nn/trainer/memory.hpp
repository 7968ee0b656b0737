// TrainerMemory: all that a Trainer holds, in this order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/buffers.hpp"
#include "nn/random.hpp"
#include "nn/training_plan.hpp"
#include "nn/watched.hpp"

namespace nn {

// What an optimizer keeps: as many numbers for each parameter as it asks for, nothing at all for 0.
template <class Moments>
struct NoCopies {
  Moments& operator[](std::size_t);  // never called
};
template <class Moments, class Optimizer>
using Kept = std::conditional_t<Optimizer::copies == 0, NoCopies<Moments>, std::array<Moments, Optimizer::copies>>;

template <class Types>
class TrainerMemory {
  using Topology = typename Types::Topology;
  using Arithmetic = typename Types::Arithmetic;
  using Plan = typename Types::Plan;
  using SideBySide = typename Types::SideBySide;
  static constexpr bool side_by_side = Types::side_by_side;

  template <int>
  struct Nothing {
    using Several = Nothing;
  };

 public:
  using Parameters = typename Types::Parameters;
  using Optimizer = typename Types::Optimizer;

  constexpr TrainerMemory() : random{0} {}
  constexpr TrainerMemory(const Optimizer& settings, std::uint32_t seed) : optimizer{settings}, random{seed} {}
  constexpr TrainerMemory(const Optimizer& settings, const Parameters& start, std::uint32_t seed)
      : parameters{start}, optimizer{settings}, random{seed} {}

  // How many samples were refused so far.
  constexpr std::uint32_t refused() const { return refusals; }

  // Keeps the first `layers` layers as they are from now on (0: none), to fine-tune the others.
  constexpr void freeze(std::size_t layers) { frozen = static_cast<std::uint32_t>(layers); }

  // Where layers carry a state from sample to sample (Truncated), the next sample begins at 0 again.
  constexpr void begin_stream() { states = {}; }

  // What the next step depends on besides the parameters and the optimizer's settings, for nn/store/training_image.hpp: calls
  // visit(what the optimizer keeps for each parameter, the generator, the number of frozen layers).
  constexpr void visit_state(auto&& visit) { visit(kept, random, frozen); }
  constexpr void visit_state(auto&& visit) const { visit(kept, random, frozen); }

  alignas(side_by_side ? 64 : alignof(Parameters)) Parameters parameters{};
  Optimizer optimizer;
  // How far the numbers of each layer went, if the arithmetic is Watched.
  [[no_unique_address]] std::conditional_t<Arithmetic::watched, std::array<LayerRanges, Plan::layers>, Nothing<0>> ranges{};

 protected:
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

  // Layer Index is at work from here on.
  template <std::size_t Index>
  constexpr void watch() {
    if constexpr (Arithmetic::watched) {
      if (std::is_constant_evaluated()) return;
      Watch::layer = &ranges[Index];
      Watch::before = Index > 0 ? &ranges[Index - 1] : nullptr;
    }
  }

  std::uint32_t frozen = 0;
  std::uint32_t refusals = 0;
  typename Plan::OutputBuffers outputs{};
  typename Plan::GradientBuffers output_gradients{};
  [[no_unique_address]] Kept<Moments, Optimizer> kept{};
  [[no_unique_address]] std::conditional_t<(Types::batch > 1), Sum, Nothing<1>> gradient{};
  [[no_unique_address]] States states{};
  [[no_unique_address]] RandomSource random;

  [[no_unique_address]] typename std::conditional_t<side_by_side, SideBySide, Nothing<2>>::Several passes{};
};

}  // namespace nn

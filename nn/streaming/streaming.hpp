// Streaming<Net, Hop>: a network over a window of time that takes Hop frames at a time, and keeps what the next ones need.
//
//   using Net = nn::Network<float, nn::Input<100, 3>, nn::Conv1d<8, 5, nn::Stride<2>>, nn::Relu, nn::GlobalAvgPool, nn::Dense<4>,
//   nn::Softmax>; nn::Streaming<Net, 2> stream{parameters}; const auto y = stream(frames);                  // 2 frames of 3
//   numbers if (stream.full()) …                            // y is what Net makes of the last 100
//
// Frames are the rows of the input, or where it has one row its columns, or where it is a vector its numbers. Once the first
// window is full, y equals to the last bit what the network gives for the window of the last frames. Layers with padding in time
// compute anew what the edges of the window touch. A recurrent layer carries its state on: it, and what lies before it, saw every
// frame since the first window began, as in a network whose window is as long. The compiler derives what is computed and kept:
// nn/streaming/plan.hpp; what it takes: nn::streaming_cost.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/at_run_time.hpp"
#include "nn/network.hpp"
#include "nn/streaming/chain.hpp"

namespace nn {

template <class Topology, std::size_t Hop = 1, class GivenKernels = target::Kernels>
class Streaming {
  using Kernels = KernelsFor<typename Topology::Arithmetic, GivenKernels>;
  static_assert(Hop > 0, "nn::Streaming<Net, Hop>: a window moves on by at least one frame");
  static constexpr Frames input = frames_of(Topology::input_shape, Hop);
  static_assert(input.has_time(), "nn::Streaming<Net, Hop>: an input of one number has no window of time");
  static_assert(Hop <= input.count(), "nn::Streaming<Net, Hop>: there are more new frames than the window has");

 public:
  using Plan = StreamedPlan<Topology, input, Wanted::all()>;
  using Chain = StreamedChain<Plan>;
  static constexpr std::size_t window = input.count();  // frames
  static constexpr std::size_t hop = Hop;
  static constexpr std::size_t inputs = Hop * input.numbers();
  static constexpr std::size_t outputs = Topology::outputs;
  using InputNumber = typename Topology::InputNumber;
  using OutputNumber = typename Topology::OutputNumber;
  using Input = std::array<InputNumber, inputs>;

  constexpr explicit Streaming(const typename Topology::Parameters& weights) : parameters{weights} {}
  Streaming(typename Topology::Parameters&&) = delete;  // they would be gone before the first call

  // Takes the next Hop frames; the outputs, good until the next call.
  constexpr std::span<const OutputNumber, outputs> operator()(std::span<const InputNumber, inputs> x) {
    if (missing > 0) --missing;
    if constexpr (keeps) {
      constexpr Stored held = stored;
      for (std::size_t i = inputs; i < kept.size(); ++i) kept[i - inputs] = kept[i];
      for (std::size_t i = 0; i < inputs; ++i) kept[kept.size() - inputs + i] = x[i];
      for (std::size_t i = window - Hop; i < window && i < missing * Hop; ++i)
        for (std::size_t k = 0; k < input.numbers(); ++k) kept[held.place(i) * input.numbers() + k] = {};
      return result(Chain::template run<Kernels, held>(parameters, kept.data(), state, workspace, missing));
    } else {
      return result(
          Chain::template run<Kernels, Stored{{}, {0, window - Hop}, false}>(parameters, x.data(), state, workspace, missing));
    }
  }

  // Whether a whole window has been seen.
  constexpr bool full() const { return missing == 0; }

  // Begins anew.
  constexpr void reset() {
    kept = {};
    state = {};
    missing = hops;
  }

  // Bytes that stay from one call to the next, of this class.
  static constexpr bool keeps = Plan::template stored<0>.kept;
  static constexpr std::size_t kept_frames = keeps ? Plan::template stored<0>.frames(input) : 0;

 private:
  static constexpr Stored stored = Plan::template stored<0>;
  static constexpr std::span<const OutputNumber, outputs> result(const OutputNumber* y) {
    return std::span<const OutputNumber, outputs>{y, outputs};
  }
  static constexpr std::size_t hops = (window + Hop - 1) / Hop;

  const typename Topology::Parameters& parameters;
  std::size_t missing = hops;
  std::array<InputNumber, kept_frames * input.numbers()> kept{};
  [[no_unique_address]] typename Chain::State state{};
  typename Chain::Workspace workspace{};
};

}  // namespace nn

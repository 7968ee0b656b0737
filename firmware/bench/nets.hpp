// The networks that are measured, and how.
#pragma once

#include <type_traits>

#include "nn/nn.hpp"
#include "work.hpp"

namespace bench {

using Arithmetic = BENCH_TYPE;
using Small = nn::Network<Arithmetic, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>;
using SmallLogits = nn::Network<Arithmetic, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>>;
using Large =
    nn::Network<Arithmetic, nn::Input<784>, nn::Dense<32>, nn::Relu, nn::Dense<16>, nn::Relu, nn::Dense<10>, nn::Softmax>;

// Uniform in [-0.5, 0.5): as good as any weights and inputs, for counting.
template <class Number>
[[gnu::noinline]] void fill(Number* numbers, std::size_t count) {
  static nn::Random random{1};
  for (std::size_t i = 0; i < count; ++i) numbers[i] = nn::number<Number>(random.uniform() - 0.5f);
}

template <class Net>
inline typename Net::Input input;

// Weights lie in RAM here, so that they can be filled; they are counted apart.
template <class Net>
inline typename Net::Parameters parameters;

template <class Net>
int infer() {
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, parameters<Net>);
  fill(input<Net>.data(), Net::inputs);
  static nn::Inference<Net> network{nn::at_run_time(parameters<Net>)};
  measure(work, [] {
    const auto y = network(input<Net>);
    asm volatile("" ::"r"(y.data()) : "memory");
  });
  print(work, "weights", std::is_empty_v<typename Net::Parameters> ? 0 : sizeof parameters<Net>);
  print_stack(work);
  return 0;
}

// With weights that the compiler knows.
template <class Net>
int infer_laid_out() {
  fill(input<Net>.data(), Net::inputs);
  static nn::Inference<Net> network{nn::at_run_time(Net::parameters)};
  measure(work, [] {
    const auto y = network(input<Net>);
    asm volatile("" ::"r"(y.data()) : "memory");
  });
  print(work, "weights", sizeof Net::parameters);
  print_stack(work);
  return 0;
}

// The next Hop frames of a stream whose first window is full; `weights` as above, `state` what it keeps.
template <class Net, std::size_t Hop>
int stream() {
  using Stream = nn::Streaming<Net, Hop>;
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, parameters<Net>);
  static Stream network{nn::at_run_time(parameters<Net>)};
  static typename Stream::Input frames{};
  while (!network.full()) {
    fill(frames.data(), frames.size());
    network(frames);
  }
  measure(work, [] {
    const auto y = network(frames);
    asm volatile("" ::"r"(y.data()) : "memory");
  });
  print(work, "weights", sizeof parameters<Net>);
  print(work, "state", nn::streaming_cost<Stream>.state_bytes);
  print_stack(work);
  return 0;
}

// The keyword model of MLPerf Tiny, DS-CNN: 49 frames of 10 features. It pads the window at both ends in every layer.
using Keywords = nn::Network<Arithmetic, nn::Input<49, 10, 1>, nn::Conv2d<64, 10, 4, nn::Stride<2>, nn::Same>, nn::Relu,
                             nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu, nn::Conv2d<64, 1, 1>, nn::Relu,
                             nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu, nn::Conv2d<64, 1, 1>, nn::Relu,
                             nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu, nn::Conv2d<64, 1, 1>, nn::Relu,
                             nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu, nn::Conv2d<64, 1, 1>, nn::Relu, nn::GlobalAvgPool,
                             nn::Dense<12>, nn::Softmax>;
// One without padding in time: 49 frames of 10 features.
using Words = nn::Network<Arithmetic, nn::Input<49, 10>, nn::Conv1d<24, 5>, nn::Relu, nn::Conv1d<24, 5, nn::Dilation<1, 2>>,
                          nn::Relu, nn::GlobalAvgPool, nn::Dense<12>, nn::Softmax>;

// How many steps to take where a board takes few: on the host enough that caches, cold at first, are no part of the mean.
constexpr std::uint32_t few_steps(std::uint32_t on_board) { return platform::is_host ? 300 : on_board; }

// The mean of the first `steps` steps from random weights; samples come one after the other.
template <class Net, class Optimizer, std::size_t Batch, class Kernels = target::Kernels, class Samples>
int train(const Samples& samples, std::uint32_t steps, const Optimizer& optimizer = {}) {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, Optimizer, Batch, Kernels>;
  static Trainer trainer{optimizer, nn::at_run_time(1)};
  static std::array<typename Net::Input, Batch> inputs{};
  static_assert(Samples::features == Net::inputs);

  std::uint32_t next = 0;
  std::uint64_t taken = 0;
  for (std::uint32_t step = 0; step < steps; ++step) {
    std::array<std::size_t, Batch> labels{};
    for (std::size_t k = 0; k < Batch; ++k) {
      samples.load(next, std::span{inputs[k]});
      labels[k] = samples.labels[next];
      next = next + 1 == samples.labels.size() ? 0 : next + 1;
    }
    if constexpr (Batch == 1) {
      taken += ticks(1, [&] { trainer.step(inputs[0], labels[0]); });
    } else {
      const auto batch = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{typename Trainer::Sample{inputs[I], labels[I]}...};
      }(std::make_index_sequence<Batch>{});
      taken += ticks(1, [&] { trainer.step(batch); });
    }
  }
  print(work, platform::clock_unit, taken / (std::uint64_t{steps} * Batch));
  print(work, "samples", samples.inputs.size() + samples.labels.size());
  print_stack(work);
  return 0;
}

// Sgd that passes over no row, even if it will not change.
struct EveryRow : nn::Sgd {
  template <class A, class Kernels, int WF, int GF, int XB, int XF, std::size_t Out, std::size_t In>
  constexpr void outer(nn::Matrix<nn::Fixed<16, WF>, Out, In>& W, std::span<const nn::Fixed<16, GF>, Out> g,
                       std::span<const nn::Fixed<XB, XF>, In> x, auto& random) const {
    const nn::Factor factor = nn::Factor::of(rate);
    for (std::size_t o = 0; o < Out; ++o)
      Kernels::template add_row<A>(W[o].data(), nn::RowStep::of(factor, g[o], XF, WF), x.data(), In, A::rounding(random));
  }
};

}  // namespace bench

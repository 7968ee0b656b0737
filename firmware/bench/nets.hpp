// The networks that are measured, and how.
#pragma once

#include "measure.hpp"
#include "nn/nn.hpp"

namespace bench {

using Small = nn::Network<float, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>;
using SmallLogits = nn::Network<float, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>>;
using Large = nn::Network<float, nn::Input<784>, nn::Dense<32>, nn::Relu, nn::Dense<16>, nn::Relu, nn::Dense<10>, nn::Softmax>;

template <class Net>
inline typename Net::Input input;

// Weights lie in RAM here, so that they can be filled; they are counted apart.
template <class Net>
inline typename Net::Parameters parameters;

template <class Net>
int infer(std::string_view name) {
  fill(reinterpret_cast<float*>(&parameters<Net>), sizeof parameters<Net> / sizeof(float));
  fill(input<Net>.data(), Net::inputs);
  static nn::Inference<Net> network{parameters<Net>};
  measure(name, 1, [] {
    const auto y = network(input<Net>);
    asm volatile("" ::"r"(y.data()) : "memory");
  });
  print(name, "weights", sizeof parameters<Net>);
  print_stack(name);
  return 0;
}

template <class Net, class Optimizer, std::size_t Batch>
int train(std::string_view name) {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, Optimizer, Batch>;
  static Trainer trainer{Optimizer{}, nn::at_run_time(1)};
  fill(input<Net>.data(), Net::inputs);
  if constexpr (Batch == 1) {
    measure(name, 1, [] { trainer.step(input<Net>, 3); });
  } else {
    static const auto batch = []<std::size_t... I>(std::index_sequence<I...>) {
      return std::array{typename Trainer::Sample{input<Net>, I % Net::outputs}...};
    }(std::make_index_sequence<Batch>{});
    measure(name, Batch, [] { trainer.step(batch); });
  }
  print_stack(name);
  return 0;
}

}  // namespace bench

// One quantized operator by itself, on codes and weights that are drawn: as good as any, for counting.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/int8/int8.hpp"
#include "work.hpp"

namespace bench {

// Every code equally likely. A congruential generator (Numerical Recipes, section 7.1): the compiler draws 100,000 in a second.
[[gnu::noinline]] constexpr void draw(std::int8_t* codes, std::size_t count, std::uint32_t seed) {
  for (std::size_t i = 0; i < count; ++i) {
    seed = seed * 1664525 + 1013904223;
    codes[i] = static_cast<std::int8_t>(seed >> 24);
  }
}

// What a layer has of weights, drawn by the compiler; counted apart. As TensorFlow Lite's converter writes them, none is -128.
// Biases are 0, scales about 2^-Shift: so that outputs fill the range of codes.
template <std::size_t Weights, std::size_t Outputs, std::size_t Scales, std::int32_t Shift>
struct Layer {
  std::array<std::int8_t, Weights> weight{};
  std::array<std::int32_t, Outputs> bias{};
  std::array<nn::int8::Scale, Scales> scale{};

  constexpr Layer() {
    draw(weight.data(), Weights, 1);
    for (std::int8_t& w : weight) w = w == -128 ? std::int8_t{-127} : w;
    for (std::size_t o = 0; o < Scales; ++o) scale[o] = {0x60000000 + static_cast<std::int32_t>(o << 16), -Shift};
  }
};

// y = operator(x), in a workspace.
template <const auto& Operator, std::int32_t X, std::int32_t Y>
using Alone = nn::Graph<nn::Tensors<nn::Tensor<std::int8_t, X>, nn::Tensor<std::int8_t, Y>>, nn::Inputs<0>, nn::Outputs<1>,
                        nn::Apply<Operator, 1, 0>>;

template <class Net, std::size_t Inputs = 1>
int infer(std::size_t weight_bytes = 0) {
  static Net network;
  measure(work, [] { network.run(); }, [] {
    draw(network.template input<0>().data(), network.template input<0>().size(), 2);
    draw(network.template input<Inputs - 1>().data(), network.template input<Inputs - 1>().size(), 3);
  });
  print(work, "weights", weight_bytes);
  print_stack(work);
  return 0;
}

}  // namespace bench

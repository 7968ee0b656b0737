// One quantized operator by itself, on codes and weights that are drawn: as good as any, for counting.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/int8/int8.hpp"
#include "nn/random.hpp"
#include "work.hpp"

namespace bench {

// From -127 to 127.
[[gnu::noinline]] inline void draw(std::span<std::int8_t> codes) {
  static nn::Random random{1};
  for (std::int8_t& code : codes) code = static_cast<std::int8_t>(static_cast<std::int32_t>(random.below(255)) - 127);
}

// What a layer has of weights, in RAM here, so that they can be drawn; counted apart. Biases are 0, scales about 2^-Shift: so
// that outputs fill the range of codes.
template <std::size_t Weights, std::size_t Outputs, std::size_t Scales, std::int32_t Shift>
struct Layer {
  std::array<std::int8_t, Weights> weight;
  std::array<std::int32_t, Outputs> bias;
  std::array<nn::int8::Scale, Scales> scale;

  void draw() {
    bench::draw(weight);
    for (std::size_t o = 0; o < Scales; ++o) scale[o] = {0x60000000 + static_cast<std::int32_t>(o << 16), -Shift};
  }
};

// y = operator(x), in a workspace.
template <const auto& Operator, std::int32_t X, std::int32_t Y>
using Alone = nn::int8::Graph<nn::int8::Tensors<X, Y>, nn::int8::Inputs<0>, nn::int8::Outputs<1>, nn::int8::Apply<Operator, 1, 0>>;

template <class Net, std::size_t Inputs = 1>
int infer(std::size_t weight_bytes = 0) {
  static Net network;
  measure(work, [] { network.run(); }, [] {
    draw(network.template input<0>());
    draw(network.template input<Inputs - 1>());
  });
  print(work, "weights", weight_bytes);
  print_stack(work);
  return 0;
}

}  // namespace bench

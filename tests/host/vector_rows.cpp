// Whole matrices of 16-bit weights that the host updates at once from the gradients g·xᵀ of one sample, against one row after the
// other by the portable kernels: gradients, settings and what is kept of every size, rows of every length.
#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Policy = nn::Fixed16;
using Weight = nn::Fixed<16, 13>;
using Gradient = nn::Fixed<16, 13>;
using Activation = nn::Fixed<16, 10>;

nn::Random stream{1};
struct OneByOne : nn::Portable {};

std::int32_t any(int bits) {
  constexpr std::int32_t limits[]{INT32_MAX, INT32_MIN, 0, 1, -1};
  return (stream.below(4) == 0 ? limits[stream.below(5)] : static_cast<std::int32_t>(stream.next())) >> (32 - bits);
}
void fill(auto& numbers, int bits) {
  for (auto& each : numbers) each.raw = static_cast<decltype(each.raw)>(any(bits));
}

template <std::size_t Outputs, std::size_t Inputs>
struct Layer {
  nn::Matrix<Weight, Outputs, Inputs> weight;
  std::array<nn::Matrix<Policy::Moment, Outputs, Inputs>, 2> kept;
  bool operator==(const Layer&) const = default;
};

template <std::size_t Outputs, std::size_t Inputs>
struct Test {
  Layer<Outputs, Inputs> fast, portable;
  std::array<Gradient, Outputs> g;
  std::array<Activation, Inputs> x;

  void draw() {
    for (auto& row : fast.weight) fill(row, 1 + static_cast<int>(stream.below(16)));
    for (auto& matrix : fast.kept)
      for (auto& row : matrix) fill(row, 1 + static_cast<int>(stream.below(32)));
    for (auto& matrix : fast.kept)  // either may be √v, which is not below 0
      for (auto& row : matrix)
        for (auto& root : row) root.raw &= INT32_MAX;
    fill(x, 1 + static_cast<int>(stream.below(16)));
    fill(g, 1 + static_cast<int>(stream.below(16)));
    if (stream.below(4) == 0) g[0].raw = -3;  // with the rate of `almost_2`, a step that is rounded beyond 15 bits
    portable = fast;
  }

  void sgd(float rate) {
    draw();
    nn::Random none{1};
    const nn::Sgd optimizer{.rate = rate};
    const std::span<const Gradient, Outputs> gradients{g};
    const std::span<const Activation, Inputs> inputs{x};
#ifdef __AVX2__
    if constexpr (Inputs >= 16)
      static_assert(requires { target::Kernels::descend_product<Policy>(fast.weight, nn::Factor{}, gradients, inputs); });
#endif
    optimizer.outer<Policy, target::Kernels>(fast.weight, gradients, inputs, none);
    optimizer.outer<Policy, OneByOne>(portable.weight, gradients, inputs, none);
    expect(fast == portable);
  }

  // How often it was done at once.
  template <class Optimizer>
  std::size_t roots(Optimizer optimizer) {
    draw();
    nn::Random none{1};
    if constexpr (requires { optimizer.begin_step(); }) optimizer.begin_step();
    return [&]<std::size_t... Copy>(std::index_sequence<Copy...>) {
      const bool at_once = Optimizer::template descend_product<Policy, target::Kernels>(
          optimizer, fast.weight, std::span<const Gradient, Outputs>{g}, std::span<const Activation, Inputs>{x},
          fast.kept[Copy]...);
      for (std::size_t o = 0; o < Outputs; ++o)
        nn::update_row<Policy, OneByOne>(
            optimizer, portable.weight[o], [&](std::size_t i) { return g[o] * x[i]; }, none, portable.kept[Copy][o]...);
      if (at_once) expect(fast == portable);
      return std::size_t{at_once};
    }(std::make_index_sequence<Optimizer::copies>{});
  }
};

template <std::size_t Outputs, std::size_t Inputs>
void of_size() {
  static Test<Outputs, Inputs> test;
  constexpr float almost_2 = 21845 * 0x1p-19f;  // 3·21845 = 2^16 - 1
  for (float rate : {almost_2, 0.0f, 1e-9f, 0.0001f, 0.001f, 0.05f, 0.5f, 3.0f, 700.0f, 60000.0f, -0.05f})
    for (int turn = 0; turn < 40; ++turn) test.sgd(rate);
  [[maybe_unused]] std::size_t at_once = 0;
  for (float rate : {0.001f, -0.3f, 0.0f, 700.0f})
    for (float kept : {0.0f, 0.9f, 0.999f})
      for (float epsilon : {1e-8f, 0.0f, 0.25f}) {
        at_once += test.roots(nn::Adam{.rate = rate, .beta1 = kept, .beta2 = kept, .epsilon = epsilon});
        at_once += test.roots(nn::RmsProp{.rate = rate, .smoothing = kept, .epsilon = epsilon});
      }
#ifdef __AVX2__
  expect(at_once == 72);
#endif
}

template <std::size_t Outputs, std::size_t... Inputs>
void of_sizes(std::index_sequence<Inputs...>) {
  (of_size<Outputs, Inputs>(), ...);
}

}  // namespace

int main() {
  of_sizes<3>(std::index_sequence<1, 7, 16, 17, 33, 64>{});
  of_size<17, 75>();
  of_size<32, 13>();
  of_size<2, 130>();
  return expectations_failed();
}

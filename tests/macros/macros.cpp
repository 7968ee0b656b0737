// The library, and headers that the importer wrote, compile behind other people's macros, and compute what they should.
// What the standard library and the compiler provide is included first, as a core does.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Now the macros, and what they must not disturb.
#include "macros.hpp"

#include "expect.hpp"
#include "imported.hpp"
#include "nn/nn.hpp"

namespace {

// What only a use instantiates.
using Small = nn::Network<float, nn::Input<6, 6, 2>, nn::Conv2d<4, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Gelu,
                          nn::MaxPool2d<2, 2>, nn::DepthwiseConv2d<1, 3, 3>, nn::Residual<nn::Conv1d<4, 1>, nn::Elu>,
                          nn::Dropout<25>, nn::Flatten, nn::Dense<3>, nn::Softmax>;

template <class Arithmetic, class Optimizer>
bool learns(const Optimizer& settings) {
  using Learner = typename Small::As<Arithmetic>;
  static nn::Trainer<Learner, nn::CrossEntropy, Optimizer> trainer{settings, nn::at_run_time(7u)};
  typename Learner::Input input{};
  for (std::size_t i = 0; i < input.size(); ++i)
    input[i] = nn::number<typename Learner::InputNumber>(static_cast<float>(i % 7) / 7.0f);
  const float before = static_cast<float>(trainer.step(input, 1));
  for (int step = 0; step < 20; ++step) trainer.step(input, 1);
  return static_cast<float>(trainer.step(input, 1)) < before;
}

}  // namespace

int main() {
  expect(learns<float>(nn::Momentum{.rate = 0.01f}));
  expect(learns<float>(nn::Adam{.rate = 0.01f}));
  expect(learns<nn::Fixed16>(nn::Sgd{.rate = 0.05f}));
  expect(run_imported());
  return expectations_failed();
}

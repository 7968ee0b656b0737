// The target's fixed-point kernels against the portable ones: raw accumulators and new weights, at odd sizes as well as
// round ones, at the limits of the formats, and at addresses that are no multiple of 4.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

nn::Random stream{1};

using Weight = nn::Fixed<16, 13>;
using Activation = nn::Fixed<16, 10>;
using Gradient = nn::Fixed<16, 13>;
using Bias = nn::Fixed<32, 23>;

// Of the whole range: anything, or its limits; or small enough that sums fit in 32 bits.
enum class Values { random, lowest, highest, small };
constexpr Values all_values[]{Values::random, Values::lowest, Values::highest, Values::small};

template <class Number>
[[gnu::noinline]] void fill(std::span<Number> numbers, Values values) {
  for (Number& x : numbers) {
    x.raw = static_cast<typename Number::Raw>(stream.next());
    if (values == Values::small) x.raw = static_cast<typename Number::Raw>(x.raw % 128);
    if (values == Values::lowest) x = Number::lowest();
    if (values == Values::highest) x = Number::highest();
  }
}

template <class Number, std::size_t N>
void fill(std::array<Number, N>& numbers, Values values) {
  fill(std::span<Number>{numbers}, values);
}
template <class Number, std::size_t Out, std::size_t In>
void fill(nn::Matrix<Number, Out, In>& matrix, Values values) {
  for (auto& row : matrix) fill(row, values);
}

// A vector at an address that is a multiple of 4, or is not.
template <class Number, std::size_t N>
struct Placed {
  alignas(4) std::array<Number, N + 1> place{};
  std::size_t offset = 0;
  std::span<const Number, N> vector() const { return std::span<const Number, N>{place.data() + offset, N}; }
};

// The sums of the portable kernel, in order, each once; then those of the core, which are the same.
struct Sums {
  std::array<std::int64_t, 64> raw{};
  std::size_t kept = 0, compared = 0;

  auto keep() {
    return [this](std::size_t i, auto sum) { keep(i, sum.raw); };
  }
  auto compare() {
    return [this](std::size_t i, auto sum) { compare(i, sum.raw); };
  }
  [[gnu::noinline]] void keep(std::size_t i, std::int64_t sum) {
    expect(i == kept++);
    raw[i] = sum;
  }
  [[gnu::noinline]] void compare(std::size_t i, std::int64_t sum) { expect(i == compared++ && raw[i] == sum); }
};

template <class W, class X, std::size_t Out, std::size_t In>
[[gnu::noinline]] void affine(Values weights, Values inputs, std::size_t offset) {
  nn::Matrix<W, Out, In> matrix;
  std::array<Bias, Out> b;
  Placed<X, In> x{.offset = offset};
  fill(matrix, weights);
  fill(b, weights);
  fill(x.place, inputs);
  Sums sums;
  nn::Portable::affine(matrix, b, x.vector(), sums.keep());
  target::Kernels::affine(matrix, b, x.vector(), sums.compare());
  expect(sums.kept == Out && sums.compared == Out);
}

template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void transposed_product(Values weights, Values gradients, std::size_t offset) {
  nn::Matrix<Weight, Out, In> W;
  Placed<Gradient, Out> g{.offset = offset};
  fill(W, weights);
  fill(g.place, gradients);
  Sums sums;
  nn::Portable::transposed_product(W, g.vector(), sums.keep());
  target::Kernels::transposed_product(W, g.vector(), sums.compare());
  expect(sums.kept == In && sums.compared == In);
}

constexpr std::size_t longest = 64;

template <class Arithmetic>
[[gnu::noinline]] void add_row(std::size_t count, nn::RowStep step, Values weights, Values inputs, std::size_t offset) {
  alignas(4) std::array<Weight, longest + 2> portable;  // one behind, that stays
  alignas(4) std::array<Weight, longest + 2> fast;
  Placed<Activation, longest> x{.offset = offset};
  fill(std::span{portable}.first(offset + count + 1), weights);
  std::copy_n(portable.begin(), offset + count + 1, fast.begin());
  fill(std::span{x.place}.first(offset + count), inputs);
  nn::Random seed{step.k > 0 ? static_cast<std::uint32_t>(step.m) : 0u};
  nn::Random same = seed;
  nn::Portable::add_row<Arithmetic>(&portable[offset], step, x.vector().data(), count, Arithmetic::rounding(seed));
  target::Kernels::add_row<Arithmetic>(&fast[offset], step, x.vector().data(), count, Arithmetic::rounding(same));
  expect(std::equal(portable.begin(), portable.begin() + static_cast<std::ptrdiff_t>(offset + count + 1), fast.begin()));
}

void add_rows(std::size_t count) {
  for (int k = 1; k <= 30; ++k)
    for (std::int32_t m : {0, 1, -1, 77, -12345, 32767, -32767})
      for (std::size_t offset : {0u, 1u}) {
        const Values some = all_values[stream.below(3)];
        const Values others = all_values[stream.below(3)];
        add_row<nn::Fixed16>(count, {m, k}, some, others, offset);
        add_row<nn::Fixed16>(count, {m, k}, Values::random, Values::random, offset);
        add_row<nn::Fixed16Stochastic>(count, {m, k}, some, others, offset);
        add_row<nn::Fixed16Stochastic>(count, {m, k}, Values::random, Values::random, offset);
      }
}

// What training with batches adds to a row of sums,
using Sum = nn::Fixed16::ParameterGradient;
[[gnu::noinline]] void add_gradients(std::size_t count, Values sums, Values inputs, std::size_t offset) {
  std::array<Sum, longest + 1> portable;  // one behind, that stays
  Placed<Activation, longest> x{.offset = offset};
  fill(portable, sums);
  fill(x.place, inputs);
  auto fast = portable;
  for (const int raw : {-32768, -5000, 1, 32767}) {
    const Gradient g{static_cast<std::int16_t>(raw)};
    nn::Portable::add_gradients<nn::Fixed16>(portable.data(), g, x.vector().data(), count);
    target::Kernels::add_gradients<nn::Fixed16>(fast.data(), g, x.vector().data(), count);
    expect(portable == fast);
  }
}

// and takes from a row of weights.
[[gnu::noinline, maybe_unused]] void descend_portably(std::span<Weight> w, std::span<const Sum> sums, float share, float rate) {
  for (std::size_t i = 0; i < w.size(); ++i) {
    const Sum g = nn::Fixed16::scaled_to<Sum>(share, sums[i]);
    w[i] = nn::Fixed16::parameter<Weight>(w[i] - nn::Fixed16::scaled(rate, g), nn::Nearest{});
  }
}
template <std::size_t In, class Kernels = target::Kernels>
void descend(Values sums, Values inputs) {
  if constexpr (requires(std::array<Weight, In> w, std::array<Sum, In> g) {
                  Kernels::template descend<nn::Fixed16>(w, g, 1.0f, 1.0f);
                })
    for (const float share : {1.0f, 0.5f, 1 / 3.0f, 1 / 32.0f, 0x1p-17f, 0x1p-18f})
      for (const float rate : {0.0f, 0x1p-30f, 0.001f, 0.05f, 0x1.fffep-4f, 0x1p-3f, 100.0f, -0.3f}) {
        std::array<Sum, In> g;
        std::array<Weight, In> w, fast;
        fill(g, sums);
        fill(w, inputs);
        fast = w;
        if (!Kernels::template descend<nn::Fixed16>(fast, g, share, rate)) continue;
        descend_portably(w, g, share, rate);
        expect(w == fast);
      }
}

// Depthwise convolutions: taps of the whole window and of parts, channels in several goes.
template <class Layer, nn::Shape Input>
[[gnu::noinline]] void depthwise() {
  using Bound = typename Layer::template Bound<nn::Fixed16, Input>;
  static typename Bound::Parameters p;
  static Placed<Activation, Input.size()> x;
  static Placed<Activation, Bound::OutputSize> portable, fast;
  for (std::size_t offset : {0u, 1u})
    for (Values weights : all_values)
      for (Values inputs : all_values) {
        fill(p.weight, weights);
        fill(p.bias, inputs);
        fill(x.place, inputs);
        fill(fast.place, Values::random);
        portable = fast;
        x.offset = offset;
        const auto outputs = [&](auto& y, std::size_t at) {
          return std::span<Activation, Bound::OutputSize>{y.place.data() + at, Bound::OutputSize};
        };
        for (std::size_t at : {0u, 1u}) {
          Bound::template forward<nn::Portable>(p, x.vector(), outputs(portable, at));
          Bound::template forward<target::Kernels>(p, x.vector(), outputs(fast, at));
          expect(portable.place == fast.place);
        }
      }
}

template <std::size_t Out, std::size_t In>
void sums() {
  for (std::size_t offset : {0u, 1u})
    for (Values weights : all_values)
      for (Values others : all_values) {
        affine<Weight, Activation, Out, In>(weights, others, offset);
        affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, Out, In>(weights, others, offset);
        transposed_product<Out, In>(weights, others, offset);
      }
}

// Of so many inputs, with each of some numbers of outputs: kernels go through rows by fours, threes or twos, and through what is
// left, whatever the length of a row.
template <std::size_t In, std::size_t... Out>
void all() {
  (sums<Out, In>(), ...);
  add_rows(In);
  for (Values some : all_values)
    for (Values others : all_values) {
      for (std::size_t offset : {0u, 1u}) add_gradients(In, some, others, offset);
      descend<In>(some, others);
    }
}

}  // namespace

int main() {
  all<1, 1, 7>();
  all<2, 2, 13>();
  all<3, 3>();
  all<7, 1, 13>();
  all<8, 2, 7>();
  all<13, 3>();
  all<15, 2, 7>();
  all<16, 1, 13>();
  all<17, 3, 7>();
  all<31, 2, 13>();
  all<33, 1>();
  all<64, 3, 7>();
  sums<2, 16>();
  sums<7, 48>();
  sums<37, 32>();
  affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, 7, 528>(Values::random, Values::random, 1);
  affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, 7, 528>(Values::lowest, Values::lowest, 0);
#ifndef SMALL_BOARD
  affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, 34, 528>(Values::random, Values::random, 0);  // two blocks of rows
#endif
  depthwise<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Shape{4, 5, 4}>();
  depthwise<nn::DepthwiseConv2d<1, 1, 5, nn::Stride<1, 2>>, nn::Shape{1, 9, 72}>();
  return expectations_failed();
}

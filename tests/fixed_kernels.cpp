// The target's fixed-point kernels against the portable ones: raw accumulators and new weights, at odd sizes as well as
// round ones, at the limits of the formats, and at addresses that are no multiple of 4.
#include <array>
#include <cstdint>

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

template <class Number, std::size_t N>
void fill(std::array<Number, N>& numbers, Values values) {
  for (Number& x : numbers) {
    x.raw = static_cast<typename Number::Raw>(stream.next());
    if (values == Values::small) x.raw = static_cast<typename Number::Raw>(x.raw % 128);
    if (values == Values::lowest) x = Number::lowest();
    if (values == Values::highest) x = Number::highest();
  }
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

template <std::size_t N>
struct Sums {
  std::array<std::int64_t, N> raw{};
  std::size_t stored = 0;
  // In order, each once.
  auto store() {
    return [this](std::size_t i, auto sum) {
      expect(i == stored++);
      raw[i] = sum.raw;
    };
  }
  bool operator==(const Sums&) const = default;
};

template <class W, class X, std::size_t Out, std::size_t In>
[[gnu::noinline]] void affine(Values weights, Values inputs, std::size_t offset) {
  nn::Matrix<W, Out, In> matrix;
  std::array<Bias, Out> b;
  Placed<X, In> x{.offset = offset};
  fill(matrix, weights);
  fill(b, weights);
  fill(x.place, inputs);
  Sums<Out> portable, fast;
  nn::Portable::affine(matrix, b, x.vector(), portable.store());
  target::Kernels::affine(matrix, b, x.vector(), fast.store());
  expect(portable == fast && fast.stored == Out);
}

template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void transposed_product(Values weights, Values gradients, std::size_t offset) {
  nn::Matrix<Weight, Out, In> W;
  Placed<Gradient, Out> g{.offset = offset};
  fill(W, weights);
  fill(g.place, gradients);
  Sums<In> portable, fast;
  nn::Portable::transposed_product(W, g.vector(), portable.store());
  target::Kernels::transposed_product(W, g.vector(), fast.store());
  expect(portable == fast && fast.stored == In);
}

template <class Arithmetic, std::size_t In>
[[gnu::noinline]] void add_row(nn::RowStep step, Values weights, Values inputs, std::size_t offset) {
  alignas(4) std::array<Weight, In + 1> portable;
  alignas(4) std::array<Weight, In + 1> fast;
  Placed<Activation, In> x{.offset = offset};
  fill(portable, weights);
  fast = portable;
  fill(x.place, inputs);
  nn::Random seed{step.k > 0 ? static_cast<std::uint32_t>(step.m) : 0u};
  nn::Random same = seed;
  nn::Portable::add_row<Arithmetic>(&portable[offset], step, x.vector().data(), In, Arithmetic::rounding(seed));
  target::Kernels::add_row<Arithmetic>(&fast[offset], step, x.vector().data(), In, Arithmetic::rounding(same));
  expect(portable == fast);
}

// What training with batches adds to a row of sums, and takes from a row of weights.
template <std::size_t In, class Kernels = target::Kernels>
[[gnu::noinline]] void batch(Values sums, Values inputs, std::size_t offset) {
  using Fixed16 = nn::Fixed16;
  using Sum = Fixed16::ParameterGradient;
  std::array<Sum, In> portable, fast;
  Placed<Activation, In> x{.offset = offset};
  fill(portable, sums);
  fill(x.place, inputs);
  fast = portable;
  for (const int raw : {-32768, -5000, 1, 32767}) {
    const Gradient g{static_cast<std::int16_t>(raw)};
    nn::Portable::add_gradients<Fixed16>(portable.data(), g, x.vector().data(), In);
    Kernels::template add_gradients<Fixed16>(fast.data(), g, x.vector().data(), In);
    expect(portable == fast);
  }
  if constexpr (requires(std::array<Weight, In> w) { Kernels::template descend<Fixed16>(w, fast, 1.0f, 1.0f); })
    for (const float share : {1.0f, 0.5f, 1 / 3.0f, 1 / 32.0f, 0x1p-17f, 0x1p-18f})
      for (const float rate : {0.0f, 0x1p-30f, 0.001f, 0.05f, 0x1.fffep-4f, 0x1p-3f, 100.0f, -0.3f}) {
        std::array<Weight, In> w, fast_w;
        fill(w, inputs);
        fast_w = w;
        if (!Kernels::template descend<Fixed16>(fast_w, fast, share, rate)) continue;
        for (std::size_t i = 0; i < In; ++i) {
          const Sum g = Fixed16::scaled_to<Sum>(share, fast[i]);
          w[i] = Fixed16::parameter<Weight>(w[i] - Fixed16::scaled(rate, g), nn::Nearest{});
        }
        expect(w == fast_w);
      }
}

constexpr Values all_values[]{Values::random, Values::lowest, Values::highest, Values::small};

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
        if (Out == 1) batch<In>(weights, others, offset);
      }
}

template <std::size_t In>
void all() {
  sums<1, In>();
  sums<2, In>();
  sums<3, In>();
  sums<7, In>();
  sums<13, In>();
  for (int k = 1; k <= 30; ++k)
    for (std::int32_t m : {0, 1, -1, 77, -12345, 32767, -32767})
      for (std::size_t offset : {0u, 1u}) {
        const Values some = all_values[stream.below(3)];
        const Values others = all_values[stream.below(3)];
        add_row<nn::Fixed16, In>({m, k}, some, others, offset);
        add_row<nn::Fixed16, In>({m, k}, Values::random, Values::random, offset);
        add_row<nn::Fixed16Stochastic, In>({m, k}, some, others, offset);
        add_row<nn::Fixed16Stochastic, In>({m, k}, Values::random, Values::random, offset);
      }
}

}  // namespace

int main() {
  all<1>();
  all<2>();
  all<3>();
  all<7>();
  all<8>();
  all<13>();
  all<15>();
  all<16>();
  all<17>();
  all<31>();
  all<33>();
  all<64>();
  sums<2, 16>();
  sums<7, 48>();
  sums<37, 32>();
  affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, 35, 528>(Values::random, Values::random, 1);
  affine<nn::Fixed<8, 6>, nn::Fixed<8, 3>, 35, 528>(Values::lowest, Values::lowest, 0);
  depthwise<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Shape{4, 5, 4}>();
  depthwise<nn::DepthwiseConv2d<1, 1, 5, nn::Stride<1, 2>>, nn::Shape{1, 9, 72}>();
  return expectations_failed();
}

// What the host computes in vectors, or of several samples at once, against the portable kernels and the formulas of one number,
// on raw accumulators, at odd lengths and with special values. A NaN equals a NaN: no standard says which one an operation gives.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

nn::Random stream{1};

constexpr float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
constexpr float specials[]{0.0f,    -0.0f,  1.0f,  -1.0f,      inf,        -inf,    nan,     0x1p-149f, -0x1p-140f, 0x1p-126f,
                           0x1p127f, -0x1p127f, 88.7f, 88.73f, -103.9f, -104.1f, -87.5f, 0x1p40f,   -0x1.8p41f, 1.41421356f};

bool same(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) || (a != a && b != b); }

float draw() { return 2 * stream.uniform() - 1; }
// Of any size, or one of the special values.
float draw_any() {
  if (stream.below(4) == 0) return specials[stream.below(std::size(specials))];
  return std::bit_cast<float>(stream.next());
}

template <class Numbers>
void fill(Numbers& numbers, auto next) {
  for (auto& x : numbers) x = next();
}
template <std::size_t Out, std::size_t In>
void fill(nn::Matrix<float, Out, In>& matrix, auto next) {
  for (auto& row : matrix) fill(row, next);
}

// So many samples of Length numbers, and pointers to them.
template <class Number, std::size_t Length>
struct Samples {
  std::vector<std::array<Number, Length>> of;
  std::vector<const Number*> at;
  Samples(std::size_t count, auto next) : of(count) {
    for (auto& x : of) fill(x, next);
    for (auto& x : of) at.push_back(x.data());
  }
  std::span<const Number* const> pointers() const { return at; }
};

void elementary() {
  constexpr std::size_t count = 67;
  for (int turn = 0; turn < 3000; ++turn) {
    std::array<float, count> x, y;
    fill(x, [] { return stream.below(2) == 0 ? draw_any() : 110 * draw(); });
    for (std::size_t used : {1u, 2u, 3u, 4u, 7u, 8u, 9u, 13u, 15u, 16u, 17u, 33u, 64u, 67u}) {
      y = x;
      target::Kernels::exponentials(y.data(), y.data(), 1.5f, used);
      for (std::size_t i = 0; i < count; ++i) expect(same(y[i], i < used ? nn::Elementary<float>::exp(x[i] - 1.5f) : x[i]));
    }
    const target::FloatVector log = target::logarithm(target::load(x.data()));
    for (std::size_t i = 0; i < target::vector_width; ++i) expect(same(log[i], nn::Elementary<float>::log(x[i])));
  }
}

template <std::size_t Count>
void softmax(auto next) {
  for (std::size_t samples = 1; samples <= 17; ++samples) {
    const Samples<float, Count> x{samples, next};
    std::vector<std::array<float, Count>> y(samples);
    std::vector<float*> to;
    for (auto& each : y) to.push_back(each.data());
    std::vector<float> highest(samples), log_sum(samples);
    target::Kernels::softmax_of_all<Count>(x.pointers(), to, highest.data(), log_sum.data());
    for (std::size_t k = 0; k < samples; ++k) {
      std::array<float, Count> portable{};
      const auto terms = nn::softmax<nn::Portable>(std::span<const float, Count>{x.of[k]}, std::span<float, Count>{portable});
      for (std::size_t i = 0; i < Count; ++i) expect(same(y[k][i], portable[i]));
      expect(same(highest[k], terms.highest) && same(log_sum[k], nn::log<float>(terms.sum)));
    }
  }
}

template <std::size_t Out, std::size_t In>
void products(auto next) {
  nn::Matrix<float, Out, In> weight{};
  fill(weight, next);
  std::array<float, Out> b;
  fill(b, next);
  for (std::size_t samples : {1u, 3u, 4u, 8u, 13u, 21u}) {
    const Samples<float, In> x{samples, next};
    const Samples<float, Out> g{samples, next};
    if constexpr (In >= 8) {
      std::vector<std::array<float, Out>> y(samples);
      target::Kernels::affine_of_all(weight, b, x.pointers(), [&](std::size_t k, std::size_t o, float sum) { y[k][o] = sum; });
      for (std::size_t k = 0; k < samples; ++k)
        nn::Portable::affine(weight, b, std::span<const float, In>{x.of[k]},
                             [&](std::size_t o, float sum) { expect(same(y[k][o], sum)); });
    }
    auto fast = weight, portable = weight;
    const std::size_t first = Out / 3, last = Out - Out / 4;
    target::Kernels::add_outer_products(fast, g.pointers(), x.pointers(), first, last);
    for (std::size_t k = 0; k < samples; ++k)
      for (std::size_t o = first; o < last; ++o) nn::Portable::add_scaled(portable[o].data(), g.of[k][o], x.of[k].data(), In);
    for (std::size_t o = 0; o < Out; ++o)
      for (std::size_t i = 0; i < In; ++i) expect(same(fast[o][i], portable[o][i]));

    std::array<float, Out> y{};
    std::size_t stored = 0;
    target::Kernels::affine(weight, b, std::span<const float, In>{x.of[0]}, [&](std::size_t o, float sum) {
      expect(o == stored++);
      y[o] = sum;
    });
    expect(stored == Out);
    nn::Portable::affine(weight, b, std::span<const float, In>{x.of[0]},
                         [&](std::size_t o, float sum) { expect(same(y[o], sum)); });
    std::array<float, In> columns{}, portable_columns{};
    target::Kernels::transposed_product(weight, std::span<const float, Out>{g.of[0]},
                                        [&](std::size_t i, float sum) { columns[i] = sum; });
    nn::Portable::transposed_product(weight, std::span<const float, Out>{g.of[0]},
                                     [&](std::size_t i, float sum) { portable_columns[i] = sum; });
    for (std::size_t i = 0; i < In; ++i) expect(same(columns[i], portable_columns[i]));
  }
}

// Portable kernels, which no target hides.
struct OneByOne : nn::Portable {};

template <class Optimizer>
void update(Optimizer optimizer, auto next) {
  constexpr std::size_t count = 64, copies = Optimizer::copies;
  using Row = std::array<float, count>;
  nn::Random none{1};
  for (std::size_t used : {1u, 2u, 3u, 7u, 13u, 15u, 17u, 33u, 64u}) {
    Row w, x;
    std::array<Row, copies + 1> kept;
    fill(w, next);
    for (auto& row : kept) fill(row, [] { return stream.below(9) == 0 ? 0x1p-101f : stream.uniform(); });
    Row fast = w;
    auto fast_kept = kept;
    if constexpr (requires { optimizer.begin_step(); }) optimizer.begin_step();
    for (int step = 0; step < 3; ++step) {
      fill(x, next);
      [&]<std::size_t... Copy>(std::index_sequence<Copy...>) {
        nn::update_some<nn::Real<float>, OneByOne>(optimizer, w.data(), 0.5f, x.data(), used, none, kept[Copy].data()...);
        nn::update_some<nn::Real<float>, target::Kernels>(optimizer, fast.data(), 0.5f, x.data(), used, none,
                                                          fast_kept[Copy].data()...);
      }(std::make_index_sequence<copies>{});
    }
    for (std::size_t i = 0; i < count; ++i) {
      expect(same(w[i], fast[i]));
      for (std::size_t copy = 0; copy < copies; ++copy) expect(same(kept[copy][i], fast_kept[copy][i]));
    }
  }
}

template <class Optimizer>
void updates(const Optimizer& optimizer) {
  const auto any_finite = [] {
    const float x = draw_any();
    return nn::within_limit(x) ? x : 0.25f;
  };
  for (int turn = 0; turn < 20; ++turn) {
    update(optimizer, draw);
    update(optimizer, any_finite);
    update(nn::ClipNorm<nn::ClipValue<nn::WeightDecay<Optimizer>>>{{{{optimizer}, 0.01f}, 0.125f}}, draw_any);
  }
}

// In fixed point: sums near the limits, of samples that make them saturate or not.
using Gradient = nn::Fixed<16, 13>;
using Activation = nn::Fixed<16, 10>;
using Sum = nn::Fixed<32, 23>;

template <std::size_t Out, std::size_t In>
void fixed_products(int shift_of_samples, int shift_of_sums) {
  nn::Matrix<Sum, Out, In> fast{}, portable{};
  for (auto& row : fast)
    for (Sum& x : row) x.raw = static_cast<std::int32_t>(stream.next()) >> shift_of_sums;
  portable = fast;
  const auto next = [&]<class Number>(Number) {
    const auto x = static_cast<std::int16_t>(stream.next());
    return Number{static_cast<std::int16_t>(stream.below(5) == 0 ? (stream.below(2) == 0 ? 0 : -32768 >> shift_of_samples)
                                                                 : x >> shift_of_samples)};
  };
  for (std::size_t samples : {1u, 2u, 7u, 8u, 11u, 16u, 21u}) {
    const Samples<Activation, In> x{samples, [&] { return next(Activation{}); }};
    const Samples<Gradient, Out> g{samples, [&] { return next(Gradient{}); }};
    const std::size_t first = Out / 3, last = Out - Out / 4;
    if constexpr (requires { target::Kernels::add_outer_products(fast, g.pointers(), x.pointers(), first, last); })
      target::Kernels::add_outer_products(fast, g.pointers(), x.pointers(), first, last);
    else
      return;
    for (std::size_t k = 0; k < samples; ++k)
      for (std::size_t o = first; o < last; ++o)
        for (std::size_t i = 0; i < In; ++i) portable[o][i] = nn::saturating_sum(portable[o][i], g.of[k][o] * x.of[k][i]);
    expect(fast == portable);

    std::array<Sum, Out> b{};
    for (Sum& each : b) each.raw = static_cast<std::int32_t>(stream.next()) >> shift_of_sums;
    auto same_b = b;
    target::Kernels::add_each(b, g.pointers(), first, last);
    for (const auto& each : g.of)
      for (std::size_t o = first; o < last; ++o) same_b[o] = nn::Fixed16::sum(same_b[o], each[o]);
    expect(b == same_b);
  }
}

// Rounded to 16 bits: with inputs so small that sums have 32 bits, that those of lanes have, or neither.
template <std::size_t Out, std::size_t In>
void fixed_rounded() {
  nn::Matrix<nn::Fixed<16, 13>, Out, In> weight{};
  std::array<Sum, Out> b{};
  std::array<Activation, In> x{};
  std::array<Gradient, Out> g{};
  const auto draw_raw = [](int shift) {
    constexpr std::int32_t limits[]{-32768, 32767, 0};
    return static_cast<std::int16_t>(
        (stream.below(3) == 0 ? limits[stream.below(3)] : static_cast<std::int16_t>(stream.next())) >> shift);
  };
  for (int turn = 0; turn < 60; ++turn) {
    const int of_weights = static_cast<int>(stream.below(5)), of_inputs = static_cast<int>(stream.below(12)),
              of_bias = static_cast<int>(stream.below(9));
    for (auto& row : weight)
      for (auto& w : row)
        w.raw = turn % 3 == 0 ? (turn % 2 == 0 ? std::int16_t{-32768} : std::int16_t{32767}) : draw_raw(of_weights);
    for (auto& each : b) each.raw = stream.below(6) == 0 ? INT32_MIN : static_cast<std::int32_t>(stream.next()) >> of_bias;
    for (auto& each : x) each.raw = turn % 4 == 0 ? static_cast<std::int16_t>(32767 >> of_inputs) : draw_raw(of_inputs);
    for (auto& each : g) each.raw = draw_raw(of_inputs);
    if (turn % 6 == 0) {  // with weights of -2^15, the least that 32 bits do not hold: of neighbours, or of the ends
      x = {};
      g = {};
      x[0].raw = x[turn % 12 == 0 || In == 1 ? In - 1 : 1].raw = g[0].raw = g[Out - 1].raw = -32768;
    }
    std::array<std::int64_t, Out> sums{};
    target::Kernels::affine(weight, b, std::span<const Activation, In>{x}, [&](std::size_t o, auto sum) { sums[o] = sum.raw; });
    nn::Portable::affine(weight, b, std::span<const Activation, In>{x},
                         [&](std::size_t o, auto sum) { expect(sums[o] == sum.raw); });
    if constexpr (std::array<Activation, Out> y{};
                  requires { target::Kernels::affine_to(weight, b, std::span<const Activation, In>{x}, std::span{y}); }) {
      target::Kernels::affine_to(weight, b, std::span<const Activation, In>{x}, std::span{y});
      nn::Portable::affine(weight, b, std::span<const Activation, In>{x},
                           [&](std::size_t o, auto sum) { expect(y[o] == nn::narrow<Activation>(sum)); });
    }
    if constexpr (std::array<Gradient, In> dx{}; requires {
                    target::Kernels::transposed_product_to(weight, std::span<const Gradient, Out>{g}, std::span{dx});
                  }) {
      target::Kernels::transposed_product_to(weight, std::span<const Gradient, Out>{g}, std::span{dx});
      nn::Portable::transposed_product(weight, std::span<const Gradient, Out>{g},
                                       [&](std::size_t i, auto sum) { expect(dx[i] == nn::narrow<Gradient>(sum)); });
    }
  }
}

// Convolutions in fixed point: with sizes at which 32 bits hold the sums or not; or one row of the input alone is large.
template <class Policy, class Layer, nn::Shape Input>
void fixed_windows(std::size_t& in_vectors) {
  using Bound = typename Layer::template Bound<Policy, Input>;
  typename Bound::Parameters p;
  std::array<typename Policy::Input, Input.size()> x;
  std::array<typename Policy::Activation, Bound::OutputSize + 64> fast{}, portable{};  // nothing is written behind them
  const auto draw_raw = [](int shift) {
    constexpr std::int32_t limits[]{-32768, 32767, 0};
    return static_cast<std::int16_t>(
        (stream.below(4) == 0 ? limits[stream.below(3)] : static_cast<std::int16_t>(stream.next())) >> shift);
  };
  for (std::uint32_t turn = 0; turn < 40; ++turn) {
    const int of_weights = static_cast<int>(stream.below(8)), of_inputs = static_cast<int>(stream.below(12));
    for (auto& row : p.weight)
      for (auto& w : row) w.raw = draw_raw(of_weights);
    for (auto& each : p.bias)
      each.raw = turn % 5 == 0 && stream.below(3) == 0 ? INT32_MIN : static_cast<std::int32_t>(stream.next()) >> (of_inputs + 1);
    constexpr std::size_t of_a_row = Input.width * Input.channels;
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i].raw = turn % 4 == 0   ? static_cast<std::int16_t>(-32768 >> of_inputs)
                 : turn % 4 == 1 ? static_cast<std::int16_t>(i / of_a_row == turn / 4 % Input.height ? -32768 : 1)
                                 : draw_raw(of_inputs);
    const auto rows = [&](std::size_t begin, std::size_t end, auto above) {
      const auto* const from = x.data() + above * of_a_row;
      fast.fill({1});
      portable = fast;
      if constexpr (requires {
                      target::Kernels::windows_to<typename Bound::Window>(p.weight, p.bias, x.data(), 0, 0, 1, fast.data());
                    })
        in_vectors +=
            target::Kernels::windows_to<typename Bound::Window>(p.weight, p.bias, from, above, begin, end, fast.data());
      Bound::template forward_rows<target::Kernels>(p, from, above, begin, end, fast.data());
      Bound::template forward_rows<OneByOne>(p, x.data(), nn::no_rows, begin, end, portable.data());
      expect(fast == portable);
    };
    rows(0, Bound::output.height, nn::no_rows);
    // The rows that some windows lie over, alone.
    constexpr std::size_t begin = Bound::output.height / 3, end = Bound::output.height - Bound::output.height / 4;
    constexpr auto down = Bound::Window::rows;
    rows(begin, end, std::max(begin * down.stride, down.before()) - down.before());
  }
}

// Each window with some numbers of outputs: vectors hold these, whatever the window.
template <class Policy, template <std::size_t> class Layer, nn::Shape Input, std::size_t... Out>
void fixed_windows_of(std::size_t& in_vectors) {
  (fixed_windows<Policy, Layer<Out>, Input>(in_vectors), ...);
}

template <std::size_t Out>
using Plain = nn::Conv2d<Out, 3, 3>;
template <std::size_t Out>
using AtEdges = nn::Conv2d<Out, 3, 3, nn::Same>;
template <std::size_t Out>
using Apart = nn::Conv2d<Out, 2, 3, nn::Stride<2, 1>, nn::Dilation<3, 2>, nn::Same>;
template <std::size_t Out>
using OnePixel = nn::Conv2d<Out, 1, 1>;
template <std::size_t Out>
using OneColumn = nn::Conv2d<Out, 3, 1>;
template <std::size_t Out>
using OverTime = nn::Conv1d<Out, 5, nn::Causal>;
template <std::size_t Out>
using InZeros = nn::Conv2d<Out, 3, 2, nn::Stride<3>, nn::ZeroPadding<4, 1>>;

void all_fixed_windows() {
  using nn::Shape, nn::Fixed16;
  using Fine = nn::FixedPoint<nn::Format{.weight = 13, .activation = 10, .gradient = 13, .input = 14}>;
  std::size_t in_vectors = 0;
  fixed_windows_of<Fine, Plain, Shape{9, 6, 1}, 1, 13>(in_vectors);
  fixed_windows_of<Fixed16, AtEdges, Shape{5, 6, 2}, 3, 8, 131>(in_vectors);
  fixed_windows_of<Fixed16, Apart, Shape{9, 7, 3}, 1, 17>(in_vectors);
  fixed_windows_of<Fixed16, OnePixel, Shape{4, 5, 13}, 8, 13, 131>(in_vectors);
  fixed_windows_of<Fixed16, OneColumn, Shape{6, 4, 1}, 3, 17>(in_vectors);
  fixed_windows_of<Fixed16, OverTime, Shape{1, 19, 2}, 1, 8>(in_vectors);
  fixed_windows_of<Fine, InZeros, Shape{8, 8, 1}, 3, 13, 17>(in_vectors);
#ifdef __SSE2__
  expect(in_vectors > 250);
#endif
}

template <class From, class To, std::size_t Count>
void fixed_softmax() {
  for (int turn = 0; turn < 40; ++turn) {
    std::array<From, Count> x{};
    std::array<To, Count> fast{}, portable{};
    const int shift = static_cast<int>(stream.below(12));
    for (auto& each : x) each.raw = static_cast<std::int16_t>(static_cast<std::int16_t>(stream.next()) >> shift);
    const auto terms = nn::softmax<target::Kernels>(std::span<const From, Count>{x}, std::span{fast});
    const auto same_terms = nn::softmax<OneByOne>(std::span<const From, Count>{x}, std::span{portable});
    expect(fast == portable && terms.highest == same_terms.highest && terms.sum == same_terms.sum);
  }
}

template <class From, class To, std::size_t Count>
void fixed_softmax_of_samples() {
  using Loss = nn::Fixed16::Loss;
  for (std::size_t samples = 1; samples <= 17; ++samples) {
    const int shift = static_cast<int>(stream.below(12));
    const Samples<From, Count> x{
        samples, [&] { return From{static_cast<std::int16_t>(static_cast<std::int16_t>(stream.next()) >> shift)}; }};
    std::vector<std::array<To, Count>> y(samples);
    std::vector<To*> to;
    for (auto& each : y) to.push_back(each.data());
    std::vector<From> highest(samples);
    std::vector<Loss> log_sum(samples);
    if constexpr (requires {
                    target::Kernels::softmax_of_all<Count>(x.pointers(), std::span<To* const>{to}, highest.data(),
                                                           log_sum.data());
                  })
      target::Kernels::softmax_of_all<Count>(x.pointers(), std::span<To* const>{to}, highest.data(), log_sum.data());
    else
      return;
    for (std::size_t k = 0; k < samples; ++k) {
      std::array<To, Count> portable{};
      const auto terms = nn::softmax<OneByOne>(std::span<const From, Count>{x.of[k]}, std::span{portable});
      expect(y[k] == portable && highest[k] == terms.highest && log_sum[k] == nn::log<Loss>(terms.sum));
    }
  }
}

#ifdef __AVX2__
void fixed_reciprocals() {
  for (std::uint32_t turn = 0; turn < 300'000; ++turn) {
    std::array<std::uint32_t, 8> m;
    for (std::uint32_t lane = 0; lane < 8; ++lane)
      m[lane] = 1u << 31 | (turn < 1000 ? 8 * turn + lane : turn < 2000 ? 0u - (8 * (turn - 999)) + lane : stream.next());
    const auto y = std::bit_cast<std::array<std::uint32_t, 8>>(target::reciprocals(std::bit_cast<__m256i>(m)));
    for (std::size_t lane = 0; lane < 8; ++lane) expect(y[lane] == nn::mantissa::reciprocal(m[lane]));
  }
}
// Of words each function of one is given, in vectors of eight, and of sixteen where there are such.
void each_word_is(auto in_vectors, auto of_one, const std::vector<std::uint32_t>& words) {
  const auto in = [&]<class W>(W) {
    constexpr std::size_t width = sizeof(W) / sizeof(std::uint32_t);
    for (std::size_t i = 0; i + width <= words.size(); i += width) {
      const W y = in_vectors(target::load_as_words<W>(&words[i]), i);
      for (std::size_t lane = 0; lane < width; ++lane)
        expect(y[lane] == static_cast<std::uint32_t>(of_one(words[i + lane], i + lane)));
    }
  };
  in(target::Words8{});
  in(target::WideWords{});
}

void fixed_words() {
  std::vector<std::uint32_t> words;
  for (std::uint32_t bit = 0; bit < 32; ++bit)
    for (std::uint32_t near = 0; near < 256; ++near)
      words.push_back((1u << bit) + near - 128), words.push_back(stream.next() >> bit);
  const auto zeros = [](std::uint32_t x, std::size_t) { return std::countl_zero(x); };
  each_word_is([](auto x, std::size_t) { return target::leading_zeros(x); }, zeros, words);
  each_word_is(
      []<class W>(W x, std::size_t) {
        if constexpr (sizeof x > sizeof(target::Words8)) return target::leading_zeros(x);
        else return target::words_of(target::leading_zeros_by_exponents(target::plain(x)));
      },
      zeros, words);

  words.clear();  // roots: on both sides of where the table's next place begins, and anywhere
  for (std::uint32_t place = 64; place < 256; ++place)
    for (std::uint32_t near = 0; near < 2048; ++near)
      words.push_back((place << 24) + (near < 1024 ? near : (1u << 24) - near + 1023));
  for (int i = 0; i < 2'000'000; ++i) words.push_back(1u << 30 | stream.next());
  each_word_is([]<class W>(W m, std::size_t) { return target::quick_roots(target::Words<W, 1>{{m}}).of[0]; },
               [](std::uint32_t m, std::size_t) { return nn::mantissa::quick_root(m); }, words);

  words.clear();  // quotients: multiples of every divisor and the numbers before them, in turns
  std::vector<std::uint32_t> by;
  for (std::uint32_t b = 1 << 15; b <= 1 << 16; ++b)
    for (std::uint32_t turn = 0; turn < 16; ++turn) {
      const std::uint32_t least = (1u << 31) / b + 1, q = least + (turn < 2 ? turn : stream.below(~std::uint32_t{0} / b - least));
      words.push_back(turn % 2 == 0 ? q * b : q * b - 1);
      by.push_back(b);
    }
  each_word_is(
      [&]<class W>(W a, std::size_t i) {
        return target::quotients(target::Words<W, 1>{{a}}, target::Words<W, 1>{{target::load_as_words<W>(&by[i])}}).of[0];
      },
               [&](std::uint32_t a, std::size_t i) { return a / by[i]; }, words);
}
#else
void fixed_reciprocals() {}
void fixed_words() {}
#endif

template <std::size_t Count>
void fixed_update() {
  nn::Random none{1};
  for (float rate : {0.0f, 1e-9f, 0.001f, 0.05f, 0.5f, 3.0f, 700.0f, 60000.0f})
    for (float share : {1.0f, 0.5f, 1 / 3.0f, 1 / 32.0f, 0x1.8p-18f, 0x1.8p-19f, 1e-6f}) {  // by shifts of up to 32, and more
      std::array<nn::Fixed<16, 13>, Count> fast, slow;
      std::array<Sum, Count> sum;
      const int shift = static_cast<int>(stream.below(32));
      for (auto& w : fast) w.raw = static_cast<std::int16_t>(stream.next());
      for (auto& s : sum) {
        const auto any = static_cast<std::int32_t>(stream.next());
        s.raw = stream.below(9) > 0 ? any >> shift : any < 0 ? INT32_MIN : INT32_MAX;
      }
      slow = fast;
      const nn::Sgd optimizer{.rate = rate};
      using Policy = nn::Fixed16;
      const auto gradient = [&](std::size_t i) { return Policy::scaled_to<Sum>(share, sum[i]); };
      if (!optimizer.descend<Policy, target::Kernels>(fast, sum, share))
        nn::update_row<Policy, nn::Portable>(optimizer, fast, gradient, none);
      nn::update_row<Policy, nn::Portable>(optimizer, slow, gradient, none);
      expect(fast == slow);
    }
}

// Steps of a row of weights by plain SGD, of every size.
template <std::size_t Count>
void fixed_rows() {
  const auto any = [] {
    constexpr std::int32_t limits[]{-32768, 32767, 0};
    return static_cast<std::int16_t>(stream.below(4) == 0 ? limits[stream.below(3)] : static_cast<std::int16_t>(stream.next()));
  };
  for (int k = 1; k <= 30; ++k)
    for (std::int32_t m : {0, 1, -3, 12345, 32767, -32767}) {
      std::array<nn::Fixed<16, 13>, Count> fast, portable;
      std::array<Activation, Count> x;
      for (auto& w : fast) w.raw = any();
      for (auto& each : x) each.raw = any();
      portable = fast;
      nn::Random none{1};
      target::Kernels::add_row<nn::Fixed16>(fast.data(), {m, k}, x.data(), Count, nn::Fixed16::rounding(none));
      nn::Portable::add_row<nn::Fixed16>(portable.data(), {m, k}, x.data(), Count, nn::Fixed16::rounding(none));
      expect(fast == portable);
    }
}

// Steps of biases by plain SGD, from gradients and biases of every size.
template <std::size_t Count>
void fixed_biases() {
  std::size_t in_vectors = 0;
  for (float rate : {0.0f, 1e-9f, 0.001f, 0.05f, 0.999999f, 3.0f, 700.0f, 60000.0f})
    for (int turn = 0; turn < 5; ++turn) {
      std::array<nn::Fixed16::Accumulator, Count> fast, portable;
      std::array<Gradient, Count> g;
      const int shift = static_cast<int>(stream.below(16));
      for (auto& b : fast) {
        const auto any = static_cast<std::int32_t>(stream.next());
        b.raw = stream.below(3) > 0 ? any : any < 0 ? INT32_MIN : INT32_MAX;
      }
      for (auto& each : g)
        each.raw = static_cast<std::int16_t>((stream.below(5) == 0 ? -32768 : static_cast<std::int16_t>(stream.next())) >> shift);
      portable = fast;
      const nn::Sgd optimizer{.rate = rate};
      optimizer.add<nn::Fixed16, OneByOne>(portable, std::span<const Gradient, Count>{g});
      if constexpr (requires { target::Kernels::descend(fast, std::span<const Gradient, Count>{g}, rate); }) {
        auto taken = fast;
        in_vectors += target::Kernels::descend(taken, std::span<const Gradient, Count>{g}, rate);
      }
      optimizer.add<nn::Fixed16, target::Kernels>(fast, std::span<const Gradient, Count>{g});
      expect(fast == portable);
    }
#ifdef __SSE2__
  expect(in_vectors == 15);
#endif
}

// Adam and RmsProp in fixed point, in rows of weights and of biases: settings, moments and sums of every size.
template <class Weight, std::size_t Count, class Optimizer>
void fixed_roots(Optimizer optimizer, std::size_t& in_vectors) {
  using Policy = nn::Fixed16;
  using Moments = std::array<Policy::Moment, Count>;
  nn::Random none{1};
  const auto any = [](int bits) {
    constexpr std::int32_t limits[]{INT32_MAX, INT32_MIN, 0, 1, -1};
    return (stream.below(5) == 0 ? limits[stream.below(5)] : static_cast<std::int32_t>(stream.next())) >> (32 - bits);
  };
  for (float share : {1.0f, 0.5f, 1 / 3.0f, 1 / 32.0f, 1e-6f}) {
    std::array<Weight, Count> fast;
    std::array<Moments, Optimizer::copies> fast_kept;
    std::array<Sum, Count> sum;
    for (auto& w : fast) w.raw = static_cast<decltype(w.raw)>(any(32));
    for (auto& moments : fast_kept)
      for (auto& each : moments) each.raw = any(1 + static_cast<int>(stream.below(32)));
    for (auto& root : fast_kept.back()) root.raw &= INT32_MAX;
    auto slow = fast, at_once = fast;  // from the sums; from the gradients, one by one or not
    auto slow_kept = fast_kept, kept_at_once = fast_kept;
    if constexpr (requires { optimizer.begin_step(); }) optimizer.begin_step();
    const int bits = 1 + static_cast<int>(stream.below(32));
    for (int step = 0; step < 3; ++step) {
      for (auto& s : sum) s.raw = any(bits);
      const auto gradient = [&](std::size_t i) { return Policy::scaled_to<Sum>(share, sum[i]); };
      [&]<std::size_t... Copy>(std::index_sequence<Copy...>) {
        if (optimizer.template descend<Policy, target::Kernels>(fast, sum, share, fast_kept[Copy]...)) ++in_vectors;
        else nn::update_row<Policy, OneByOne>(optimizer, fast, gradient, none, fast_kept[Copy]...);
        nn::update_row<Policy, OneByOne>(optimizer, slow, gradient, none, slow_kept[Copy]...);
        nn::update_row<Policy, target::Kernels>(optimizer, at_once, gradient, none, kept_at_once[Copy]...);
      }(std::make_index_sequence<Optimizer::copies>{});
      expect(fast == slow && fast_kept == slow_kept && at_once == slow && kept_at_once == slow_kept);
    }
  }
}

template <std::size_t Count>
void fixed_roots_of_length() {
  std::size_t in_vectors = 0;
  for (float rate : {0.001f, -0.3f, 0.0f, 1e-9f, 700.0f, 1e30f})
    for (float kept : {0.0f, 0.9f, 0.999f, 0.9999999f})
      for (float epsilon : {1e-8f, 0.0f, 0.25f, 1000.0f}) {
        const nn::Adam adam{.rate = rate, .beta1 = kept, .beta2 = kept, .epsilon = epsilon};
        const nn::RmsProp rms{.rate = rate, .smoothing = kept, .epsilon = epsilon};
        fixed_roots<nn::Fixed<16, 13>, Count>(adam, in_vectors);
        fixed_roots<nn::Fixed<32, 23>, Count>(adam, in_vectors);
        fixed_roots<nn::Fixed<16, 13>, Count>(rms, in_vectors);
        fixed_roots<nn::Fixed<32, 23>, Count>(rms, in_vectors);
      }
#ifdef __AVX2__
  expect(in_vectors > 1000);
#endif
}

// Of so many rows as two numbers say, by turns: a row is read alike in each.
template <std::size_t In, std::size_t Few, std::size_t More>
void of_length() {
  products<Few, In>(draw_any);
  products<More, In>(draw);
  for (int shift : {0, 3, 6, 9})
    for (int sums : {0, 1, 2, 8}) fixed_products<7, In>(shift, sums);
  softmax<In>([] { return 20 * draw(); });
  softmax<In>(draw_any);
  for (int turn = 0; turn < 10; ++turn) fixed_update<In>();
  fixed_rows<In>();
  fixed_biases<In>();
  fixed_rounded<Few, In>();
  fixed_rounded<Few + 5, In>();
  fixed_softmax<Activation, Activation, In>();
  fixed_softmax<Activation, Gradient, In>();
  fixed_softmax<nn::Fixed<16, 4>, nn::Fixed<16, 15>, In>();
  fixed_softmax_of_samples<Activation, Gradient, In>();
  fixed_softmax_of_samples<nn::Fixed<16, 4>, nn::Fixed<16, 15>, In>();
}

}  // namespace

int main() {
  elementary();
  fixed_reciprocals();
  fixed_words();
  of_length<1, 1, 7>();
  of_length<2, 2, 13>();
  of_length<3, 3, 8>();
  of_length<7, 1, 13>();
  of_length<13, 2, 7>();
  of_length<15, 3, 13>();
  of_length<17, 1, 7>();
  of_length<33, 2, 13>();
  of_length<64, 1, 7>();
  all_fixed_windows();
  fixed_roots_of_length<1>();
  fixed_roots_of_length<16>();
  fixed_roots_of_length<75>();
  products<39, 300>(draw);  // gone through to and fro
  fixed_products<3, 700>(6, 2);
  for (int sums : {0, 1, 2, 8}) fixed_products<45, 5>(0, sums);
  fixed_rounded<5, 700>();
  fixed_rounded<9, 17>();
  updates(nn::Sgd{.rate = 0.3f});
  updates(nn::Momentum{.rate = 0.3f});
  updates(nn::Momentum{.rate = 0.3f, .nesterov = true});
  updates(nn::RmsProp{});
  updates(nn::Adam{});
  return expectations_failed();
}

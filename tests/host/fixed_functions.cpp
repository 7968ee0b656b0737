// The functions of fixed-point numbers against the C library's in double: over all 65,536 inputs of 16-bit formats, and over
// random ones of 32 bits, to many formats. The largest errors are printed and held to what functions.hpp, factor.hpp and
// root_steps.hpp state.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using nn::Fixed;

// To 16 and 8 bits the error is counted in steps of To. To 32 bits it is what exceeds half a step, in units of 2^-27 of the
// result, or of 1 if that is larger.
struct Worst {
  double narrow = 0;
  double wide = 0;
};

template <class To>
double value(double exact) {
  return std::clamp(exact, static_cast<double>(To::lowest()), static_cast<double>(To::highest()));
}

template <class To>
void compare(Worst& worst, To found, double exact) {
  const double limited = value<To>(exact);
  const double steps = std::abs(std::ldexp(static_cast<double>(found) - limited, To::fraction));
  if constexpr (To::bits == 32)
    worst.wide = std::max(worst.wide, std::ldexp(steps - 0.5, 27 - To::fraction) / std::max(1.0, std::abs(limited)));
  else
    worst.narrow = std::max(worst.narrow, steps);
}

constexpr double infinity = HUGE_VAL;

struct Exp {
  static constexpr auto name = "exp";
  template <class To> static To fixed(auto x) { return nn::exp<To>(x); }
  static double exact(double x) { return std::exp(x); }
};
struct Log {
  static constexpr auto name = "log";
  template <class To> static To fixed(auto x) { return nn::log<To>(x); }
  static double exact(double x) { return x <= 0 ? -infinity : std::log(x); }
};
struct Sigmoid {
  static constexpr auto name = "sigmoid";
  template <class To> static To fixed(auto x) { return nn::sigmoid<To>(x); }
  static double exact(double x) { return 1 / (1 + std::exp(-x)); }
};
struct Tanh {
  static constexpr auto name = "tanh";
  template <class To> static To fixed(auto x) { return nn::tanh<To>(x); }
  static double exact(double x) { return std::tanh(x); }
};
struct Softplus {
  static constexpr auto name = "softplus";
  template <class To> static To fixed(auto x) { return nn::softplus<To>(x); }
  static double exact(double x) { return x > 40 ? x : std::log1p(std::exp(x)); }
};
struct Reciprocal {
  static constexpr auto name = "reciprocal";
  template <class To> static To fixed(auto x) { return nn::reciprocal<To>(x); }
  static double exact(double x) { return x == 0 ? infinity : 1 / x; }
};
struct ReciprocalSquareRoot {
  static constexpr auto name = "1 / root";
  template <class To> static To fixed(auto x) { return nn::reciprocal_square_root<To>(x); }
  static double exact(double x) { return x <= 0 ? infinity : 1 / std::sqrt(x); }
};
struct SquareRoot {
  static constexpr auto name = "root";
  template <class To> static To fixed(auto x) { return nn::square_root<To>(x); }
  static double exact(double x) { return x <= 0 ? 0 : std::sqrt(x); }
};

template <class Function, class... To>
void try_one(Worst& worst, auto x) {
  const double exact = Function::exact(static_cast<double>(x));
  (compare(worst, Function::template fixed<To>(x), exact), ...);
}

// To formats of every kind.
template <class Function>
void try_all(Worst& worst, auto x) {
  try_one<Function, Fixed<8, 3>, Fixed<8, 6>, Fixed<16, 0>, Fixed<16, 7>, Fixed<16, 10>, Fixed<16, 13>, Fixed<16, 15>,
          Fixed<32, 0>, Fixed<32, 16>, Fixed<32, 20>, Fixed<32, 24>, Fixed<32, 31>>(worst, x);
}

template <class Function, int Fraction>
void all_of_16_bits(Worst& worst) {
  for (int raw = -32768; raw < 32768; ++raw) try_all<Function>(worst, Fixed<16, Fraction>{static_cast<std::int16_t>(raw)});
}

// Of every size and sign, the limits among them.
template <class Function, int Fraction>
void some_of_32_bits(Worst& worst) {
  nn::Random random{5};
  try_all<Function>(worst, Fixed<32, Fraction>::lowest());
  try_all<Function>(worst, Fixed<32, Fraction>::highest());
  for (int i = 0; i < 100'000; ++i) {
    const auto word = static_cast<std::int32_t>(random.next());
    try_all<Function>(worst, Fixed<32, Fraction>{word >> random.below(32)});
    try_all<Function>(worst, Fixed<32, Fraction>{Fixed<32, Fraction>::highest().raw - (word >> 16 & 0xffff)});
  }
}

template <class Function>
void hold() {
  Worst worst;
  all_of_16_bits<Function, 0>(worst);
  all_of_16_bits<Function, 7>(worst);
  all_of_16_bits<Function, 10>(worst);
  all_of_16_bits<Function, 13>(worst);
  all_of_16_bits<Function, 15>(worst);
  Worst wide_inputs;
  some_of_32_bits<Function, 0>(wide_inputs);
  some_of_32_bits<Function, 16>(wide_inputs);
  some_of_32_bits<Function, 20>(wide_inputs);
  some_of_32_bits<Function, 27>(wide_inputs);
  some_of_32_bits<Function, 31>(wide_inputs);
  std::printf("%-11s to 8 and 16 bits %.4f steps, to 32 bits half a step + %.3f * 2^-27    of 32 bits: %.4f, %.3f\n",
              Function::name, worst.narrow, worst.wide, wide_inputs.narrow, wide_inputs.wide);
  expect(worst.narrow <= 0.501 && wide_inputs.narrow <= 0.501);
  expect(worst.wide <= 1 && wide_inputs.wide <= 1);
}

// The cores: mantissas against double, in units of 2^-28 of the result, or of 1 if that is larger.
double worst_mantissa(std::uint32_t (*f)(std::uint32_t), double (*exact)(double), double in, double out, std::uint32_t from) {
  nn::Random random{6};
  double worst = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const std::uint32_t m = i < 1000   ? ~static_cast<std::uint32_t>(i)
                            : i < 2000 ? from + static_cast<std::uint32_t>(i - 1000)
                                       : random.next() | from;
    worst = std::max(worst, 0x1p28 * std::abs(double(f(m)) * out - exact(double(m) * in)) / std::max(1.0, exact(double(m) * in)));
  }
  return worst;
}
void mantissas() {
  const double exp2 = worst_mantissa(nn::mantissa::exp2, std::exp2, 0x1p-32, 0x1p-31, 0);
  const double log = worst_mantissa(nn::mantissa::log, std::log, 0x1p-31, 0x1p-32, 1u << 31);
  const double reciprocal = worst_mantissa(nn::mantissa::reciprocal, Reciprocal::exact, 0x1p-31, 0x1p-31, 1u << 31);
  const double root =
      worst_mantissa(nn::mantissa::reciprocal_square_root, ReciprocalSquareRoot::exact, 0x1p-30, 0x1p-31, 1u << 30);
  std::printf("mantissas   exp2 %.3f  log %.3f  reciprocal %.3f  1 / root %.3f * 2^-28\n", exp2, log, reciprocal, root);
  expect(exp2 <= 1 && log <= 1 && reciprocal <= 1 && root <= 1);
}

// A float of any size between 2^-least and 2^most.
float some_float(nn::Random& random, int least, int most) {
  return std::ldexp(1 + random.uniform(), static_cast<int>(random.below(static_cast<std::uint32_t>(most - least))) + least);
}

// A factor is within 2^-15 of its float; what it gives is within that and half a step.
template <class To, int Bits, int Fraction>
double worst_product() {
  nn::Random random{7};
  double worst = 0;
  for (int i = 0; i < 300'000; ++i) {
    const float factor = some_float(random, -40, 20) * (i % 2 == 0 ? 1.0f : -1.0f);
    const nn::Factor f = nn::Factor::of(factor);
    expect(std::abs(std::ldexp(double(f.mantissa), -f.shift) / double(factor) - 1) <= 0x1p-15);
    const auto word = static_cast<std::int64_t>(std::uint64_t{random.next()} << 32 | random.next());
    const Fixed<Bits, Fraction> x{static_cast<typename Fixed<Bits, Fraction>::Raw>((word >> (64 - Bits)) >> random.below(Bits))};
    const double exact = static_cast<double>(x) * std::ldexp(double(f.mantissa), -f.shift);
    const double steps = std::ldexp(std::abs(static_cast<double>(f.times<To>(x)) - value<To>(exact)), To::fraction);
    worst = std::max(worst, steps - (Bits == 64 ? std::ldexp(std::abs(value<To>(exact)), To::fraction - 31) : 0));
  }
  return worst;
}
void factors() {
  const double worst = std::max({worst_product<Fixed<32, 27>, 16, 13>(), worst_product<Fixed<32, 27>, 32, 23>(),
                                 worst_product<Fixed<32, 27>, 64, 44>(), worst_product<Fixed<32, 23>, 8, 6>(),
                                 worst_product<Fixed<16, 10>, 32, 27>(), worst_product<Fixed<32, 23>, 64, 27>()});
  std::printf("factors     %.4f steps\n", worst);
  expect(worst <= 0.5);
  expect(nn::Factor::of(0).times<Fixed<32, 27>>(Fixed<32, 27>::highest()).raw == 0);
  expect((nn::Factor::of(1e38f).times<Fixed<32, 27>>(Fixed<32, 23>{-1}) == Fixed<32, 27>::lowest()));
  expect(nn::Factor::of(1e-38f).times<Fixed<32, 27>>(Fixed<32, 27>::highest()).raw == 0);
}

// What is kept of RmsProp and Adam: the root of the mean of squares, and the step.
void roots() {
  using Moment = nn::Fixed16::Moment;
  using RowSteps = nn::RootSteps<Moment>;
  nn::Random random{8};
  double root_worst = 0, step_worst = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const Moment root{static_cast<std::int32_t>(random.next() >> (1 + random.below(31)))};
    const Moment g{static_cast<std::int32_t>(random.next()) >> random.below(31)};
    const float smoothing = i % 3 == 0 ? 0.9f : i % 3 == 1 ? 0.99f : 0.999f;
    const double r = double(root.raw), s = double(smoothing);
    const double exact = std::sqrt(s * r * r + (1 - s) * double(g.raw) * double(g.raw));
    const double found = double(RowSteps{0, smoothing, 0}.mean_square(root, g).raw);
    root_worst = std::max(root_worst, std::abs(found - exact) - 0x1p-19 * exact);

    const float rate = some_float(random, -14, 0), epsilon = 1e-7f;
    // The quotient is held within [-128, 128).
    const double quotient = value<Fixed<32, 24>>(double(g.raw) / double(root.raw + Moment::from(epsilon).raw));
    const double step = std::ldexp(value<Moment>(double(rate) * quotient), 27);
    const double taken = double(RowSteps{rate, 0, epsilon}.over_root(g, root).raw);
    step_worst = std::max(step_worst, std::abs(taken - step) - 0x1p-14 * std::abs(step) - 8 * double(rate));
  }
  std::printf("roots       mean square 2^-19 and %.3f steps; quotient 2^-14, the rate * 2^-24 and %.3f steps\n", root_worst,
              step_worst);
  expect(root_worst <= 1 && step_worst <= 0.5);
}

}  // namespace

int main() {
  mantissas();
  factors();
  roots();
  hold<Exp>();
  hold<Log>();
  hold<Sigmoid>();
  hold<Tanh>();
  hold<Softplus>();
  hold<Reciprocal>();
  hold<ReciprocalSquareRoot>();
  hold<SquareRoot>();
  return expectations_failed();
}

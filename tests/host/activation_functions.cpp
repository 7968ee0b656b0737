// The activation functions made of others, and their slopes: in fixed point over all inputs of Fixed<16, 10>, in float over
// [-12, 12], against the C library's in double. The largest errors are printed and held to what is stated.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "expect.hpp"
#include "nn/number/activation_functions.hpp"

namespace {

using X = nn::Fixed<16, 10>;
using Slope = nn::Fixed<32, 20>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double inner(double x) { return 2 * std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x); }
double line(double x) { return std::clamp(x / 6 + 0.5, 0.0, 1.0); }

double elu(double x) { return x > 0 ? x : std::expm1(x); }
double silu(double x) { return x * sigmoid(x); }
double silu_slope(double x) { return sigmoid(x) * (1 + x * (1 - sigmoid(x))); }
double gelu(double x) { return x * sigmoid(inner(x)); }
double gelu_slope(double x) {
  const double s = sigmoid(inner(x));
  return s + x * s * (1 - s) * 2 * std::sqrt(2 / M_PI) * (1 + 3 * 0.044715 * x * x);
}
double exact_gelu(double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double hard_swish(double x) { return x * line(x); }
double hard_swish_slope(double x) { return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5; }

// Absolute errors: in steps of To, and in units of 2^-24 for float (of the size of the result where that is above 1).
template <class To>
void hold(const char* name, To (*fixed)(X), float (*real)(float), double (*exact)(double), double steps, double units) {
  double worst = 0;
  for (int raw = -32768; raw <= 32767; ++raw) {
    const X x{static_cast<std::int16_t>(raw)};
    worst =
        std::max(worst, std::abs(static_cast<double>(fixed(x)) - exact(static_cast<double>(x))) * std::ldexp(1, To::fraction));
  }
  double worst_real = 0;
  for (int i = -120'000; i <= 120'000; ++i) {
    const float x = static_cast<float>(i) * 1e-4f;
    const double y = exact(static_cast<double>(x));
    worst_real = std::max(worst_real, std::abs(static_cast<double>(real(x)) - y) * 0x1p24 / std::max(1.0, std::abs(y)));
  }
  std::printf("%-17s fixed %7.3f steps, stated %.2f   float %.2f units, stated %.1f\n", name, worst, steps, worst_real, units);
  expect(worst <= steps);
  expect(worst_real <= units);
}

}  // namespace

int main() {
  hold<X>("elu", nn::elu<X>, nn::elu<float>, elu, 0.51, 3);
  hold<X>("silu", nn::silu<X>, nn::silu<float>, silu, 0.51, 3);
  hold<X>("gelu", nn::gelu<X>, nn::gelu<float>, gelu, 0.51, 3);
  hold<X>("hard_sigmoid", nn::hard_sigmoid<X>, nn::hard_sigmoid<float>, line, 0.51, 3);
  hold<X>("hard_swish", nn::hard_swish<X>, nn::hard_swish<float>, hard_swish, 0.51, 3);
  // A slope has 20 fraction bits, as a layer of Fixed16 asks for.
  hold<Slope>("silu_slope", nn::silu_slope<Slope>, nn::silu_slope<float>, silu_slope, 0.53, 13);
  hold<Slope>("gelu_slope", nn::gelu_slope<Slope>, nn::gelu_slope<float>, gelu_slope, 0.54, 34);
  hold<Slope>("hard_swish_slope", nn::hard_swish_slope<Slope>, nn::hard_swish_slope<float>, hard_swish_slope, 0.51, 2);

  double apart = 0;
  for (int i = -80'000; i <= 80'000; ++i) apart = std::max(apart, std::abs(gelu(i * 1e-4) - exact_gelu(i * 1e-4)));
  std::printf("gelu is within %.5f of x·Φ(x), stated 0.0005\n", apart);
  expect(apart <= 0.0005);
  return expectations_failed();
}

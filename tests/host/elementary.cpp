// The elementary functions in float against the C library's in double, every 509th float of the whole range (or every
// n-th: pass n), in units of the last place. The largest error found is printed and held to what elementary.hpp states.
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "expect.hpp"
#include "nn/number/elementary.hpp"

namespace {

using Single = nn::Elementary<float>;
using Double = nn::Elementary<double>;

// |y - exact| in units of the last place of a float of that size; denormals have the unit of the smallest normal.
double error_in_ulp(float y, double exact) {
  constexpr double wrong = std::numeric_limits<double>::infinity();
  if (std::isnan(exact)) return std::isnan(y) ? 0 : wrong;
  if (std::abs(exact) > 3.4028235677973366e38) return std::isinf(y) && (y > 0) == (exact > 0) ? 0 : wrong;
  if (!std::isfinite(y)) return wrong;
  const int exponent = exact == 0 ? -126 : std::max(std::ilogb(exact), -126);
  return std::abs(static_cast<double>(y) - exact) / std::ldexp(1.0, exponent - 23);
}

void hold(const char* name, float (*f)(float), double (*exact)(double), double bound, std::uint32_t stride,
          float from = -INFINITY, float to = INFINITY) {
  double worst = 0;
  float at = 0;
  for (std::uint64_t word = 0; word < (std::uint64_t{1} << 32); word += stride) {
    const float x = std::bit_cast<float>(static_cast<std::uint32_t>(word));
    if (x < from || x > to) continue;
    const double error = error_in_ulp(f(x), exact(static_cast<double>(x)));
    if (error > worst) {
      worst = error;
      at = x;
    }
  }
  std::printf("%-9s %.3f ulp at %a, stated %.1f\n", name, worst, static_cast<double>(at), bound);
  expect(worst <= bound);
}

void hold_double(const char* name, double (*f)(double), double (*exact)(double), double from, double to) {
  double worst = 0;
  for (int i = 0; i <= 200'000; ++i) {
    const double x = from + (to - from) * i / 200'000;
    const double y = exact(x);
    if (y != 0) worst = std::max(worst, std::abs(f(x) / y - 1));
  }
  std::printf("%-9s %.1e relative, in double\n", name, worst);
  expect(worst < 2e-15);
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double softplus(double x) { return x > 40 ? x : std::log1p(std::exp(x)); }
double sine_quarter(double turn) { return std::sin(turn * 1.5707963267948966); }

}  // namespace

int main(int count, char** arguments) {
  const std::uint32_t stride = count > 1 ? static_cast<std::uint32_t>(std::atoi(arguments[1])) : 509 * EVERY;
  hold("exp", Single::exp, std::exp, 1.1, stride);
  hold("log", Single::log, std::log, 1.0, stride);
  hold("tanh", Single::tanh, std::tanh, 2.5, stride);
  hold("sigmoid", Single::sigmoid, sigmoid, 2.5, stride);
  hold("softplus", Single::softplus, softplus, 2.1, stride);
  hold("sine", Single::sine_quarter, sine_quarter, 2.2, stride, -1, 1);
  hold("sqrt", Single::sqrt, std::sqrt, 0.5, stride);

  hold_double("exp", Double::exp, std::exp, -700, 700);
  hold_double("log", Double::log, std::log, 1e-3, 3);
  hold_double("tanh", Double::tanh, std::tanh, -20, 20);
  hold_double("sigmoid", Double::sigmoid, sigmoid, -30, 30);
  hold_double("softplus", Double::softplus, softplus, -30, 30);
  hold_double("sqrt", Double::sqrt, std::sqrt, 0, 1e6);
  return expectations_failed();
}

// Fourier transforms of every size against the sum that defines them, in long double: how far they are off on noise, at full
// scale, and on what drives every sum to its limit.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "nn/kernels.hpp"
#include "nn/signal/float_fft.hpp"
#include "nn/signal/int16_fft.hpp"
#include "nn/signal/int32_fft.hpp"

namespace {

using namespace nn::signal;
constexpr int most_of_int32 = 8;  // units, of the cases here
using Samples = std::vector<std::int64_t>;

struct Bin {
  long double real = 0, imaginary = 0;
};

// Σ x[i]·e^(-2πik/size), of bins 0 to size / 2.
std::vector<Bin> spectrum(const Samples& x) {
  const std::size_t size = x.size();
  std::vector<long double> turns(size);
  for (std::size_t i = 0; i < size; ++i)
    turns[i] = std::cos(2 * std::acos(-1.0L) * static_cast<long double>(i) / static_cast<long double>(size));
  std::vector<Bin> bins(size / 2 + 1);
  for (std::size_t k = 0; k < bins.size(); ++k)
    for (std::size_t i = 0; i < size; ++i) {
      bins[k].real += static_cast<long double>(x[i]) * turns[k * i % size];
      bins[k].imaginary += static_cast<long double>(x[i]) * turns[(k * i + size / 4) % size];  // cos(a + π/2) = -sin a
    }
  return bins;
}

struct Case {
  std::string_view name;
  Samples samples;
};

// Of numbers from -high - 1 to high.
std::vector<Case> cases(std::size_t size, std::int64_t high) {
  std::vector<Case> all;
  const auto add = [&](std::string_view name, auto sample) {
    Samples x(size);
    for (std::size_t i = 0; i < size; ++i) x[i] = sample(i);
    all.push_back({name, x});
  };
  std::uint64_t state = 88172645463325252u;  // xorshift64 (Marsaglia, 2003)
  const auto random = [&] {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return static_cast<std::int64_t>(state >> 20);
  };
  const std::int64_t low = -high - 1;
  add("all at the most", [=](std::size_t) { return high; });
  add("all at the least", [=](std::size_t) { return low; });
  add("alternating", [=](std::size_t i) { return i % 2 == 0 ? high : low; });
  add("alternating, from below", [=](std::size_t i) { return i % 2 == 0 ? low : high; });
  add("impulse", [=](std::size_t i) { return i == 0 ? low : 0; });
  add("impulse, last", [=](std::size_t i) { return i == size - 1 ? high : 0; });
  add("silence", [](std::size_t) { return 0; });
  add("noise", [=](std::size_t) { return low + random() % (2 * high + 2); });
  for (int again = 0; again < 3; ++again) add("noise", [=](std::size_t) { return low / 4 + random() % (high / 2); });
  for (long double turns : {0.3L, 2.3L, 8.7L, static_cast<long double>(size) / 8 + 0.5L})
    add("tone between bins", [=](std::size_t i) {
      const long double place = turns * static_cast<long double>(i) / static_cast<long double>(size);
      return static_cast<std::int64_t>(static_cast<long double>(high) * std::cos(2 * std::acos(-1.0L) * place));
    });
  add("quiet noise", [=](std::size_t) { return random() % 7 - 3; });
  add("limits at random", [=](std::size_t) { return random() % 2 == 0 ? low : high; });
  // Pairs go around in squares: the complex transform inside is as large as it can be.
  for (std::size_t period : {std::size_t{4}, std::size_t{8}, size / 2, size})
    for (std::size_t turn : {1u, 3u})
      add("squares", [=](std::size_t i) {
        const std::size_t at = (i / 2 * 2 * turn + (i % 2 == 0 ? 0 : period - period / 4)) % period;
        return at < period / 4 || at >= period - period / 4 ? high : low;
      });
  return all;
}

// Distances from the exact numbers; their unit is the caller's.
struct Errors {
  long double most = 0, squares = 0, numbers = 0;
  void add(long double error) {
    most = std::max(most, std::abs(error));
    squares += error * error;
    ++numbers;
  }
  void add(const Errors& others) {
    most = std::max(most, others.most);
    squares += others.squares;
    numbers += others.numbers;
  }
  long double root_mean_square() const { return std::sqrt(squares / numbers); }
  void print(const char* name, std::size_t size, const char* unit) const {
    std::printf("%s of %zu: at most %.2Lg, root mean square %.2Lg %s\n", name, size, most, root_mean_square(), unit);
  }
};

// Fft gives the spectrum times `scale`, within its numbers.
template <class Fft, class Number>
Errors errors(const Samples& samples, const std::vector<Bin>& exact, long double scale, long double unit) {
  std::vector<Number> x(samples.size());
  std::ranges::transform(samples, x.begin(), [](std::int64_t sample) { return static_cast<Number>(sample); });
  typename Fft::Buffer y;
  Fft::run(std::span<const Number, 2 * Fft::count>{x}, y);
  constexpr auto low = static_cast<long double>(std::numeric_limits<Number>::lowest());
  constexpr auto high = static_cast<long double>(std::numeric_limits<Number>::max());
  Errors found;
  for (std::size_t k = 0; k < exact.size(); ++k) {
    const auto add = [&](Number part, long double answer) {
      answer = std::clamp(scale * answer, low, high);
      found.add((static_cast<long double>(part) - answer) / unit);
    };
    add(y[k].real, exact[k].real);
    add(y[k].imaginary, exact[k].imaginary);
  }
  return found;
}

template <std::size_t Size>
void check() {
  Errors whole, half, real;
  long double mean = 0;  // the largest root mean square of a case
  for (const Case& one : cases(Size, 0x7fffffff)) {
    const std::vector<Bin> exact = spectrum(one.samples);
    const Errors of_one = errors<Int32Fft<Size>, std::int32_t>(one.samples, exact, 1.0L / Size, 1);
    whole.add(of_one);
    mean = std::max(mean, of_one.root_mean_square());
    long double square = 0;
    for (const Bin& bin : exact) square += bin.real * bin.real + bin.imaginary * bin.imaginary;
    if (square > 0)
      real.add(errors<FloatFft<Size>, float>(one.samples, exact, 1, std::sqrt(square / static_cast<long double>(exact.size()))));
  }
  for (const Case& one : cases(Size, 23'169))  // 2^15 / √2: from there on kissfft wraps at squares
    half.add(errors<Int16Fft<Size>, std::int16_t>(one.samples, spectrum(one.samples), 1.0L / Size, 1));
  std::printf("Int32Fft of %zu: root mean square of a case at most %.2Lg\n", Size, mean);
  whole.print("Int32Fft", Size, "units");
  half.print("Int16Fft", Size, "units");
  real.print("FloatFft", Size, "of the spectrum's root mean square");
  static_assert(most_of_int32 <= Int32Fft<Size>::error);
  expect(whole.most <= most_of_int32 && mean <= 1);
  expect(half.most <= 22 && real.most <= 4e-6L);
}

}  // namespace

int main() {
  check<32>();
  check<64>();
  check<128>();
  check<256>();
  check<512>();
  check<1024>();
  check<2048>();
  return expectations_failed();
}

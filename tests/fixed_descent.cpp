// Plain SGD of one row of weights from sums, in fixed point: the target's way against one by one, at odd and even sizes, for sums
// of 32 and of 64 bits from small to beyond any limit, halves of a step, and rates from tiny to the largest.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

nn::Random stream{5};
int at_once = 0;

// A few of few bits, others of many; the last bits of some are 0, so that steps end in halves.
template <class Sum>
Sum drawn(int bits) {
  const std::uint64_t all = std::uint64_t{stream.next()} << 32 | stream.next();
  auto raw = static_cast<std::int64_t>(all) >> (64 - bits);
  if (stream.below(4) == 0) raw = stream.below(2) == 0 ? (std::int64_t{1} << (bits - 1)) - 1 : -(std::int64_t{1} << (bits - 1));
  if (stream.below(4) == 0) raw = raw / 4096 * 4096;
  return {static_cast<typename Sum::Raw>(raw)};
}

template <class Arithmetic, class Sum, std::size_t Count>
void compare(float rate, int bits) {
  using Weight = typename Arithmetic::Weight;
  const nn::Sgd sgd{.rate = rate};
  std::array<Weight, Count> exact, fast;
  std::array<Sum, Count> sum;
  for (std::size_t i = 0; i < Count; ++i) {
    exact[i].raw = static_cast<std::int16_t>(stream.below(4) != 0   ? stream.next() >> 16
                                             : stream.below(2) == 0 ? 0x7fffu
                                                                    : 0x8000u);
    sum[i] = drawn<Sum>(bits);
  }
  fast = exact;
  const auto gradient = [&sum](std::size_t i) { return sum[i]; };
  nn::Random one{7}, other{7};
  nn::update_row<Arithmetic, nn::Portable>(sgd, exact, gradient, one);
  nn::update_row<Arithmetic, target::Kernels>(sgd, fast, gradient, other);
  expect(fast == exact && one.next() == other.next());
  auto unchanged = exact;
  at_once += nn::Sgd::descend_row<Arithmetic, target::Kernels>(sgd, unchanged, gradient);
}

template <class Arithmetic, std::size_t Count>
void every_size() {
  for (const float rate : {0.05f, 1.0f, 0.0001f, 3e-9f, 100.0f, 60000.0f, -0.3f, 0.0f})
    for (int bits = 2; bits <= 56; ++bits) {
      compare<Arithmetic, nn::Fixed<64, 23>, Count>(rate, bits);
      compare<Arithmetic, nn::Fixed<64, 26>, Count>(rate, bits);
      if (bits <= 32) compare<Arithmetic, nn::Fixed<32, 23>, Count>(rate, bits);
    }
}

template <class Kernels>
concept AtOnce = requires(std::array<nn::Fixed<16, 13>, 2> w) {
  Kernels::template descend_row<nn::Fixed16>(w, [](std::size_t) { return nn::Fixed<64, 23>{}; }, 1.0f);
};

}  // namespace

int main() {
  every_size<nn::Fixed16, 1>();
  every_size<nn::Fixed16, 7>();
  every_size<nn::Fixed16, 32>();
  every_size<nn::Fixed16Stochastic, 5>();
  every_size<nn::FixedPoint<nn::Format{.weight = 15, .activation = 12}>, 6>();
  if (AtOnce<target::Kernels>) expect(at_once > 1000);
  return expectations_failed();
}

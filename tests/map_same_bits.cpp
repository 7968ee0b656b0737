// Functions of one float32 number give the compiler's bits on every core; and what stands beside them in imported graphs.
#include <array>
#include <bit>

#include "expect.hpp"
#include "nn/float32/celu.hpp"
#include "nn/float32/clip.hpp"
#include "nn/float32/erf.hpp"
#include "nn/float32/gelu.hpp"
#include "nn/float32/hard_sigmoid.hpp"
#include "nn/float32/mish.hpp"
#include "nn/float32/power.hpp"
#include "nn/float32/reciprocal.hpp"
#include "nn/float32/scaled_elu.hpp"
#include "nn/float32/softplus.hpp"
#include "nn/float32/softsign.hpp"
#include "nn/float32/thresholded_relu.hpp"

namespace {

// From -6 on, a hundred numbers of which no two have the same fraction.
constexpr std::size_t count = 100;
constexpr float at(std::size_t i) { return -6.0f + 0.12345f * static_cast<float>(i); }

template <class Function>
constexpr std::array<std::uint32_t, count> by_the_compiler(Function of) {
  std::array<std::uint32_t, count> bits{};
  for (std::size_t i = 0; i < count; ++i) bits[i] = std::bit_cast<std::uint32_t>(of(at(i)));
  return bits;
}

volatile float given;

template <class Function>
void same(const char* name, Function of, const std::array<std::uint32_t, count>& expected) {
  for (std::size_t i = 0; i < count; ++i) {
    given = at(i);
    if (std::bit_cast<std::uint32_t>(of(given)) != expected[i]) return report_failure(__FILE__, __LINE__, name);
  }
}

}  // namespace

int main() {
  using namespace nn::float32;
#define SAME(...)                                                  \
  {                                                                \
    static constexpr auto expected = by_the_compiler(__VA_ARGS__); \
    same(#__VA_ARGS__, __VA_ARGS__, expected);                     \
  }
  SAME(Celu{1.5f})
  SAME(Clip{-1, 2})
  SAME(Erf{})
  SAME(Gelu{false})
  SAME(Gelu{true})
  SAME(HardSigmoid{0.2f, 0.5f})
  SAME(Mish{})
  SAME(Power{3})
  SAME(Power{-2})
  SAME(Reciprocal{})
  SAME(ScaledElu{1.6732632f, 1.050701f})
  SAME(Softplus{})
  SAME(Softsign{})
  SAME(ThresholdedRelu{0.5f})
#undef SAME
  return expectations_failed();
}

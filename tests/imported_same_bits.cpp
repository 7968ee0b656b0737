// Kernels of imported operators that have no golden models: what the core computes is what the compiler computed.
#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

#include "expect.hpp"
#include "nn/float32/resize_bilinear.hpp"
#include "nn/graph/batch_to_space.hpp"
#include "nn/graph/space_to_batch.hpp"
#include "nn/int16/rescale.hpp"
#include "nn/int32/int32.hpp"
#include "nn/int8/divide.hpp"
#include "nn/int8/dynamic_quantize.hpp"
#include "nn/int8/log_softmax.hpp"
#include "nn/int8/sums_2d.hpp"
#include "nn/kernels.hpp"
#include "target.hpp"

namespace {

using namespace nn::graph;

template <class Number, std::size_t Count>
constexpr std::array<Number, Count> drawn(std::uint32_t seed) {
  std::array<Number, Count> all{};
  for (Number& each : all) {
    seed = seed * 1664525 + 1013904223;
    if constexpr (std::is_same_v<Number, float>)
      each = static_cast<float>(static_cast<std::int32_t>(seed) >> 12) / 1024;
    else
      each = static_cast<Number>(static_cast<std::int32_t>(seed) >> (sizeof(Number) == 1 ? 24 : 3));
  }
  return all;
}

// The answer of the compiler, and that of the core, on inputs that it does not know.
template <class To, std::size_t Count, const auto& Operator, const auto&... Inputs>
void compare() {
  static constexpr auto expected = [] {
    std::array<To, Count> y{};
    Operator.template run<nn::Portable>({}, y.data(), Inputs.data()...);
    return y;
  }();
  std::array<To, Count> y{};
  const auto here = [](auto values) {
    for (auto& each : values) each = *static_cast<const volatile std::remove_reference_t<decltype(each)>*>(&each);
    return values;
  };
  Operator.template run<target::Kernels>({}, y.data(), here(Inputs).data()...);
  expect(std::memcmp(y.data(), expected.data(), sizeof y) == 0);
}

constexpr Broadcast rows_by_columns{{1, 1, 1, 16, 12}, {0, 0, 0, 1, 0}, {0, 0, 0, 0, 1}};
constexpr auto left = drawn<std::int8_t, 16>(1);
constexpr auto right = drawn<std::int8_t, 12>(2);
constexpr auto wide_left = drawn<std::int32_t, 16>(3);
constexpr auto wide_right = drawn<std::int32_t, 12>(4);
constexpr nn::int8::Divide divide{rows_by_columns, 3, -7, {1518500250, -3}, {-5, -128, 127}};
constexpr nn::int32::Arithmetic sum{rows_by_columns, Combination::sum}, product{rows_by_columns, Combination::product},
    quotient{rows_by_columns, Combination::quotient}, square{rows_by_columns, Combination::squared_difference, 0, 0x7fffffff};

constexpr auto logits = drawn<std::int8_t, 40>(5);
constexpr nn::int8::LogSoftmax log_softmax{4, 10, {1717986918, 22}, {1342177280, -22}, -248};

constexpr nn::int16::Rescale<std::int8_t, std::int32_t> rescale{16, 5, {1518500250, -20}, {1518500250, -20}, {3, -128, 127}};

constexpr auto image = drawn<float, 2 * 3 * 4 * 2>(6);
constexpr nn::float32::ResizeBilinear larger{2, {3, 4, 2}, {7, 5, 2}, 3.0f / 7, 0.8f, true};
constexpr nn::float32::ResizeBilinear smaller{2, {3, 4, 2}, {2, 3, 2}, 2.0f, 1.5f, false};

constexpr auto codes = drawn<std::int16_t, 5 * 3 * 2>(7);
constexpr SpaceToBatch<std::int16_t> divided{1, {5, 3, 2}, {4, 2, 2}, {2, 2}, {1, 1}, -9};
constexpr auto parts = drawn<std::int16_t, 4 * 4 * 2 * 2>(8);
constexpr BatchToSpace<std::int16_t> together{1, {4, 2, 2}, {5, 3, 2}, {2, 2}, {2, 1}};

constexpr auto measured = drawn<float, 40>(9);
constexpr nn::int8::DynamicScale dynamic_scale{40};
constexpr nn::int8::DynamicZero dynamic_zero{40};
constexpr nn::int8::DynamicCodes dynamic_codes{40};
constexpr std::array<float, 1> step{3.3f};
constexpr std::array<std::int8_t, 1> offset{-77};

constexpr auto weight = drawn<std::int8_t, 6 * 10>(10);
constexpr std::array<std::int32_t, 6> weight_sum{-5, 300, 41, -700, 1 << 20, 0};
constexpr std::array<std::int8_t, 6> weight_zero{0, 7, -128, 0, 127, -1};
constexpr nn::int8::Sums2d sums{{1, {4, 1, 10}, {4, 1, 6}}, 1, weight.data(), weight_sum.data(), weight_zero.data()};

}  // namespace

int main() {
  compare<std::int8_t, 192, divide, left, right>();
  compare<std::int32_t, 192, sum, wide_left, wide_right>();
  compare<std::int32_t, 192, product, wide_left, wide_right>();
  compare<std::int32_t, 192, quotient, wide_left, wide_right>();
  compare<std::int32_t, 192, square, wide_left, wide_right>();
  compare<std::int8_t, 40, log_softmax, logits>();
  compare<std::int8_t, 16, rescale, wide_left>();
  compare<float, 2 * 7 * 5 * 2, larger, image>();
  compare<float, 2 * 2 * 3 * 2, smaller, image>();
  compare<std::int16_t, 4 * 4 * 2 * 2, divided, codes>();
  compare<std::int16_t, 5 * 3 * 2, together, parts>();
  compare<float, 1, dynamic_scale, measured>();
  compare<std::int8_t, 1, dynamic_zero, measured, step>();
  compare<std::int8_t, 40, dynamic_codes, measured, step, offset>();
  compare<std::int32_t, 24, sums, logits, offset>();
  return expectations_failed();
}

// DIV on int8 against the real quotient, on int32 against whole numbers; what is divided by 0.
#include <algorithm>
#include <cmath>
#include <limits>

#include "expect.hpp"
#include "made_numbers.hpp"
#include "refused.hpp"

namespace {

using namespace models;

Model quotient(const Tensor& a, const Tensor& b, const Tensor& y, Attributes attributes = {}) {
  Builder made;
  made.model.inputs = {made.add(a), made.add(b)};
  made.model.outputs = {made.run("DIV", made.model.inputs, y, std::move(attributes))};
  return made.model;
}

// Every pair of codes; one step of rounding each in the reciprocal and in the product.
void codes(float a_scale, int a_zero, float b_scale, int b_zero, float y_scale, int y_zero) {
  std::vector<std::int8_t> all;
  for (int code = -128; code <= 127; ++code) all.push_back(static_cast<std::int8_t>(code));
  const Model model = quotient(computed(Type::int8, {256, 1}, a_scale, a_zero), computed(Type::int8, {1, 256}, b_scale, b_zero),
                               computed(Type::int8, {256, 256}, y_scale, y_zero));
  const auto y = run<std::int8_t>(model, {bytes_of(all), bytes_of(all)});
  std::size_t exact = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const int a = all[i / 256] - a_zero, b = all[i % 256] - b_zero;
    if (b == 0) {
      expect(y[i] == (a == 0 ? y_zero : a < 0 ? -128 : 127));
      continue;
    }
    const double code =
        std::clamp(y_zero + static_cast<double>(a_scale) * a / (static_cast<double>(b_scale) * b * static_cast<double>(y_scale)),
                   -128.0, 127.0);
    expect(std::abs(y[i] - code) < 0.5001);
    exact += y[i] == std::round(code);
  }
  expect(exact > y.size() * 9 / 10);
}

void whole_numbers() {
  constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min(), most = std::numeric_limits<std::int32_t>::max();
  const std::vector<std::int32_t> a{7, -7, 7, -7, 0, 5, -5, 0, least, most, 100}, b{2, 2, -2, -2, 3, 0, 0, 0, -1, most, 7};
  const Tensor whole = computed(Type::int32, {11});
  const std::vector<std::int32_t> expected{3, -3, -3, 3, 0, most, least, 0, least, 1, 14};
  expect(run<std::int32_t>(quotient(whole, whole, whole), {bytes_of(a), bytes_of(b)}) == expected);
  const std::vector<std::int32_t> at_most_6{3, 0, 0, 3, 0, 6, 0, 0, 0, 1, 6};
  expect(run<std::int32_t>(quotient(whole, whole, whole, {{"activation", "relu6"}}), {bytes_of(a), bytes_of(b)}) == at_most_6);
}

}  // namespace

int main() {
  codes(0.05f, 3, 0.02f, -7, 0.1f, -20);
  codes(0.5f, -128, 0.001f, 127, 30.0f, 0);
  codes(1.0f, 0, 1.0f, 0, 1.0f / 128, 0);
  whole_numbers();
  const Tensor fine = computed(Type::int8, {2}, 1e-7f), coarse = computed(Type::int8, {2}, 1.0f);
  refused([&] { tools::importer::lower(quotient(coarse, coarse, fine)); },
          {"operator 0 DIV: has an output of a very small scale; expected "});
  return expectations_failed();
}

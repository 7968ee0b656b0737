#include "tools/import/operators/int16_tables.hpp"

#include <algorithm>
#include <cmath>

namespace tools::importer {

namespace {

// In float, with the roundings of the reference.
template <class Function>
std::vector<std::int16_t> table(float first, float last, Function function) {
  constexpr int steps = 512;
  constexpr float one = 32768;
  const float step = (last - first) / steps;
  const auto bounded = [](float value) { return static_cast<std::int16_t>(std::clamp(value, -one, one - 1)); };
  std::vector<std::int16_t> values;
  for (int i = 0; i < steps; ++i) {
    const float x = first + static_cast<float>(i) * step;
    const float at = std::round(function(x) * one);
    const float next = function(first + static_cast<float>(i + 1) * step) * one;
    const float missed = std::round((next + at) / 2) - std::round(function(x + step / 2) * one);
    values.push_back(bounded(at - std::round(missed / 2)));
  }
  values.push_back(bounded(std::round(function(last) * one)));
  return values;
}

}  // namespace

std::vector<std::uint16_t> sigmoid_table() {
  const auto logistic = [](double i) { return 65536 / (1 + std::exp(-i / 24)); };
  std::vector<std::uint16_t> values;
  for (int i = 0; i < 255; ++i) {
    const double middles = (logistic(i - 0.5) + logistic(i + 0.5)) / 2;
    const double interpolated = (logistic(i - 1) + 2 * logistic(i) + logistic(i + 1)) / 4;
    values.push_back(static_cast<std::uint16_t>(std::lround(logistic(i) + (middles - interpolated) / 2)));
  }
  values.push_back(65535);
  return values;
}

std::vector<std::int16_t> exponential_table() {
  return table(-10, 0, [](float x) { return std::exp(x); });
}

std::vector<std::int16_t> reciprocal_table() {
  return table(0, 1, [](float x) { return 1 / (1 + x); });
}

}  // namespace tools::importer

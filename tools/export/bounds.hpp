// Bounds: within which numbers the outputs of a layer stay whatever the input is, found from its weights and from the bounds of
// the outputs before it. An output whose sum stays in its format's range cannot saturate.
//
//   Dense                   Σ w·x + b with each x at the end that makes the sum least, or greatest
//   Relu, Tanh, Sigmoid, …  of what they do to their input's bounds
//   Rnn, Gru, Lstm          ±1, a mean of tanhs, unless a Rnn has Relu
//   any other layer         the whole range of its format
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

struct Interval {
  double low, high;
};

template <class Number>
Interval range_of() {
  if constexpr (nn::is_fixed<Number>)
    return {static_cast<double>(Number::lowest()), static_cast<double>(Number::highest())};
  else
    return {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
}

// Of the outputs of a layer: their bounds, one for each, before they are brought into the range of their format.
struct Bounds {
  std::vector<Interval> outputs;

  double largest() const {
    double size = 0;
    for (const Interval& interval : outputs) size = std::max({size, -interval.low, interval.high});
    return size;
  }

  bool within(Interval range) const {
    return std::all_of(outputs.begin(), outputs.end(),
                       [&](const Interval& interval) { return interval.low >= range.low && interval.high <= range.high; });
  }

  void limit(Interval range) {
    for (Interval& interval : outputs) interval = {std::max(interval.low, range.low), std::min(interval.high, range.high)};
  }
};

template <class Spec>
constexpr bool is_dense = false;
template <std::size_t Out>
constexpr bool is_dense<nn::Dense<Out>> = true;

template <class Spec, class Layer>
Bounds bounds_of([[maybe_unused]] const typename Layer::Parameters& p, const Bounds& x) {
  Bounds y;
  const auto each = [&](auto function) {
    for (const Interval& interval : x.outputs) y.outputs.push_back({function(interval.low), function(interval.high)});
  };
  if constexpr (is_dense<Spec>) {
    for (std::size_t o = 0; o < p.bias.size(); ++o) {
      Interval sum{static_cast<double>(p.bias[o]), static_cast<double>(p.bias[o])};
      for (std::size_t i = 0; i < p.weight[o].size(); ++i) {
        const double w = static_cast<double>(p.weight[o][i]);
        sum.low += w * (w > 0 ? x.outputs[i].low : x.outputs[i].high);
        sum.high += w * (w > 0 ? x.outputs[i].high : x.outputs[i].low);
      }
      y.outputs.push_back(sum);
    }
  } else if constexpr (std::is_same_v<Spec, nn::Relu>) {
    each([](double value) { return std::max(value, 0.0); });
  } else if constexpr (std::is_same_v<Spec, nn::Tanh>) {
    each([](double value) { return std::tanh(value); });
  } else if constexpr (std::is_same_v<Spec, nn::Sigmoid>) {
    each([](double value) { return 1 / (1 + std::exp(-value)); });
  } else if constexpr (requires { requires !Layer::options.relu; }) {
    y.outputs.assign(Layer::output.size(), {-1, 1});
  } else if constexpr (std::is_same_v<Spec, nn::Softmax>) {
    each([](double) { return 1.0; });
    for (Interval& interval : y.outputs) interval.low = 0;
  } else {
    y.outputs.assign(Layer::output.size(), {-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()});
  }
  return y;
}

}  // namespace tools

// Watched<Arithmetic>: the same arithmetic, bit for bit, that notes how far its numbers go and how often they saturate, for
// each layer, so that formats can be chosen. It costs time, and memory in the Trainer; without it nothing is counted.
//
//   nn::Trainer<Net::As<nn::Watched<nn::Fixed16>>, …> trainer{…};
//   …
//   nn::print_ranges(trainer, write);      or look at trainer.ranges[layer].weight.largest, .saturated, …
//
// Watched<float> watches a float training, of which tools propose formats. Only one Trainer at a time is watched in a
// thread of execution: the notes go to the Trainer that is at work.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "nn/number/arithmetic.hpp"
#include "nn/number/fixed_point.hpp"
#include "nn/text.hpp"

namespace nn {

struct Range {
  float largest = 0;            // magnitude, before it is brought into the format's range
  std::uint32_t saturated = 0;  // how often it was beyond that range

  constexpr void add(float x, bool fits) {
    const float size = x < 0 ? -x : x;
    if (size > largest) largest = size;
    if (!fits) ++saturated;
  }
};

// Of one layer: its parameters, its output, the cell state of an Lstm, ∂L/∂output, the gradients of its parameters that are
// summed or decayed, and what the optimizer keeps for its parameters and takes from them (of plain Sgd in fixed point only what
// saturates); of the last, the terms of the loss. Biases in the format of the weights (float, Fixed32) are noted as weights.
struct LayerRanges {
  Range weight, bias, activation, cell, gradient, parameter_gradient, moment, step, loss;

  constexpr std::uint32_t saturated() const {
    std::uint32_t sum = 0;
    for (const Range& range : {weight, bias, activation, cell, gradient, parameter_gradient, moment, step, loss})
      sum += range.saturated;
    return sum;
  }
};

// Where notes go: the layer at work and the one before it, or nowhere.
struct Watch {
  static inline LayerRanges* layer = nullptr;
  static inline LayerRanges* before = nullptr;
};

// Ends the watch where it goes out of scope.
struct WatchEnd {
  constexpr ~WatchEnd() {
    if (std::is_constant_evaluated()) return;
    Watch::layer = nullptr;
    Watch::before = nullptr;
  }
};

template <class Written>
struct Watched : ArithmeticOf<Written> {
  using Plain = ArithmeticOf<Written>;
  static constexpr bool watched = true;

  using typename Plain::Activation;
  using typename Plain::Cell;
  using typename Plain::Gradient;
  using typename Plain::InputGradient;
  using typename Plain::Moment;
  using typename Plain::ParameterGradient;
  using Learning = Watched<typename Plain::Learning>;

  template <class Before, class BeforeGradient>
  using After = Watched<typename Plain::template After<Before, BeforeGradient>>;
  template <class Other>
  using OrElse = Watched<Other>;

  static constexpr Activation activation(auto x) {
    note<Activation>(x, Watch::layer, &LayerRanges::activation);
    return Plain::activation(x);
  }
  static constexpr Cell cell(auto x) {
    note<Cell>(x, Watch::layer, &LayerRanges::cell);
    return Plain::cell(x);
  }
  static constexpr Gradient gradient(auto x) {
    note<Gradient>(x, Watch::layer, &LayerRanges::gradient);
    return Plain::gradient(x);
  }
  static constexpr InputGradient input_gradient(auto x) {
    note<InputGradient>(x, Watch::before, &LayerRanges::gradient);
    return Plain::input_gradient(x);
  }
  static constexpr ParameterGradient parameter_gradient(auto x) {
    note<ParameterGradient>(x, Watch::layer, &LayerRanges::parameter_gradient);
    return Plain::parameter_gradient(x);
  }
  static constexpr Moment moment(auto x) {
    note<Moment>(x, Watch::layer, &LayerRanges::moment);
    return Plain::moment(x);
  }
  static constexpr Moment step(auto x) {
    note<Moment>(x, Watch::layer, &LayerRanges::step);
    return Plain::step(x);
  }
  static constexpr auto relative_step(auto x) {
    using Result = decltype(Plain::relative_step(x));
    if (!std::is_constant_evaluated() && Watch::layer != nullptr && !fits<Result>(x)) ++Watch::layer->step.saturated;
    return Plain::relative_step(x);
  }
  static constexpr typename Plain::Loss loss(auto x) {
    note<typename Plain::Loss>(x, Watch::layer, &LayerRanges::loss);
    return Plain::loss(x);
  }
  static constexpr ParameterGradient sum(ParameterGradient sum, auto x) {
    return parameter_gradient(sum + parameter_gradient(x));
  }
  static constexpr Moment scaled(float factor, auto x) { return scaled_to<Moment>(factor, x); }
  // What is beyond the format comes at its limit.
  template <class Result>
  static constexpr Result scaled_to(float factor, auto x) {
    const Result product = Plain::template scaled_to<Result>(factor, x);
    if constexpr (is_fixed<Result>)
      if (!std::is_constant_evaluated() && Watch::layer != nullptr &&
          (product == Result::highest() || product == Result::lowest()))
        ++Watch::layer->step.saturated;
    return product;
  }
  template <class Parameter>
  static constexpr Parameter parameter(auto x, const auto& rounding) {
    note<Parameter>(x, Watch::layer,
                    std::is_same_v<Parameter, typename Plain::Weight> ? &LayerRanges::weight : &LayerRanges::bias);
    return Plain::template parameter<Parameter>(x, rounding);
  }
  template <class Parameter>
  static constexpr Parameter descended(Parameter w, Moment step, const auto& rounding) {
    return parameter<Parameter>(w - step, rounding);
  }

 private:
  template <class Result, class Number>
  static constexpr void note(Number x, LayerRanges* ranges, Range LayerRanges::*range) {
    if (std::is_constant_evaluated() || ranges == nullptr) return;
    if constexpr (is_fixed<Result>)
      (ranges->*range).add(static_cast<float>(x), fits<Result>(x));
    else
      (ranges->*range).add(static_cast<float>(x), true);
  }
};

// The ranges as a table, written through `write`, which takes a std::string_view.
template <class Trainer>
void print_ranges(const Trainer& trainer, auto&& write) {
  using Text = std::string_view;
  print(write, left(Text{"layer"}, 12), right(Text{"weight"}, 12), right(Text{"bias"}, 12), right(Text{"activation"}, 12),
        right(Text{"gradient"}, 12), right(Text{"saturated"}, 12), '\n');
  for (std::size_t i = 0; i < trainer.ranges.size(); ++i) {
    const LayerRanges& r = trainer.ranges[i];
    print(write, left(Trainer::layer_names[i], 12), right(decimal(r.weight.largest, 4), 12),
          right(decimal(r.bias.largest, 4), 12), right(decimal(r.activation.largest, 4), 12),
          right(decimal(r.gradient.largest, 4), 12), right(r.saturated(), 12), '\n');
  }
}

}  // namespace nn

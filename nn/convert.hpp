// Convert: the parameters of one network as those of another that differs in its arithmetic alone, each to the nearest.
//
//   using Small = digits::Net::As<nn::Fixed8>;
//   Small::Parameters parameters{};
//   const auto change = nn::convert<digits::Net, Small>(trained, parameters);
//   if (change.total.saturated > 0) …                  beyond their format's range, they are its limits
//
// From float to fixed point, back, or between fixed-point formats; a constant expression, or on the chip. A NaN traps.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/fields.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/narrow.hpp"

namespace nn {

// What became of some parameters.
struct Change {
  float largest_error = 0;  // |after - before| of those that did not saturate
  float steps = 0;          // the same in steps of their format, at most one half; 0 for floating point
  std::uint32_t saturated = 0;

  constexpr void add(float error, float in_steps) {
    if (error > largest_error) largest_error = error;
    if (in_steps > steps) steps = in_steps;
  }
  constexpr void add(const Change& other) {
    add(other.largest_error, other.steps);
    saturated += other.saturated;
  }
};

template <std::size_t Layers>
struct Changes {
  std::array<Change, Layers> layers{};
  Change total;
};

// Whether two networks have the same layers and shapes.
template <class First, class Second>
constexpr bool same_topology = [] {
  if constexpr (First::layers != Second::layers) {
    return false;
  } else {
    bool same = First::input_shape == Second::input_shape &&
                std::same_as<typename First::template ParametersIn<float>, typename Second::template ParametersIn<float>>;
    First::for_each_layer([&]<std::size_t Index, class Layer>() {
      same = same && std::same_as<typename First::template Spec<Index>, typename Second::template Spec<Index>>;
    });
    return same;
  }
}();

// The nearest Result, with a note of what that changed.
template <class Result, class From>
constexpr Result converted(From from, Change& change) {
  const Result to = nearest<Result>(from);
  float error = 0;
  if constexpr (is_fixed<Result> && is_fixed<From>)
    error = static_cast<float>(to - from);
  else
    error = static_cast<float>(nearest<From>(to) - from);
  if (error < 0) error = -error;
  if constexpr (!is_fixed<Result>)
    change.add(error, 0);
  else if (fits<Result>(from))
    change.add(error, error * static_cast<float>(std::uint64_t{1} << Result::fraction));
  else
    ++change.saturated;
  return to;
}

// Overwrites `to`.
template <class From, class Result>
constexpr Changes<Result::layers> convert(const typename From::Parameters& from, typename Result::Parameters& to) {
  static_assert(same_topology<From, Result>, "nn::convert: the two networks must have the same layers and shapes");
  Changes<Result::layers> changes{};
  Result::for_each_layer([&]<std::size_t Index, class Layer>() {
    if constexpr (has_parameters<Layer>) {
      Change& change = changes.layers[Index];
      for_each_row(
          [&](auto& row, const auto& original) {
            using Number = typename std::remove_reference_t<decltype(row)>::value_type;
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = converted<Number>(original[i], change);
          },
          get<Index>(to), get<Index>(from));
      changes.total.add(change);
    }
  });
  return changes;
}

}  // namespace nn

// Golden: imported models against the outputs of TensorFlow Lite's reference kernels: integers bit for bit, floats to 1e-4 of
// the number or 1e-6 of the largest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "console.hpp"
#include "nn/graph/print_plan.hpp"
#include "nn/text.hpp"

namespace golden {

inline std::uint32_t failures = 0;

// Numbers of an output that are not what was expected.
template <class Number, std::size_t Count>
std::uint32_t differences(std::span<Number, Count> found, const Number* expected) {
  std::uint32_t sum = 0;
  if constexpr (!std::is_same_v<Number, float>) {
    for (std::size_t i = 0; i < Count; ++i)
      if (found[i] != expected[i]) ++sum;
  } else {
    const auto magnitude = [](float x) { return x < 0 ? -x : x; };
    float largest = 0;
    for (std::size_t i = 0; i < Count; ++i) largest = std::max(largest, magnitude(expected[i]));
    for (std::size_t i = 0; i < Count; ++i)
      if (const float bound = 1e-4f * magnitude(expected[i]) + 1e-6f * largest; !(magnitude(found[i] - expected[i]) <= bound))
        ++sum;
  }
  return sum;
}

// Tensors of all cases back to back, each of numbers of its own type.
template <std::size_t Count>
using Files = const void* const (&)[Count];

// The inputs of case c.
template <class Net, std::size_t Inputs>
void load(Net& net, std::size_t c, Files<Inputs> inputs) {
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    const auto fill = [c]<class Number, std::size_t Count>(std::span<Number, Count> to, const void* from) {
      std::copy_n(static_cast<const Number*>(from) + c * Count, Count, to.begin());
    };
    (fill(net.template input<Index>(), inputs[Index]), ...);
  }(std::make_index_sequence<Inputs>{});
}

// One inference of case c.
template <class Net, std::size_t Inputs>
void infer(Net& net, std::size_t c, Files<Inputs> inputs) {
  if constexpr (requires { requires Net::pushes_rows; }) {
    using Number = typename Net::template InputTensor<0>::Number;
    const Number* row = static_cast<const Number*>(inputs[0]) + c * std::size_t{Net::template InputTensor<0>::count};
    while (!net.push_row(std::span<const Number, Net::row_numbers>{row, Net::row_numbers})) row += Net::row_numbers;
  } else {
    load(net, c, inputs);
    net.run();
  }
}

template <class Net, std::size_t Outputs>
std::uint32_t mismatches(Net& net, std::size_t c, Files<Outputs> outputs) {
  return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    const auto compare = [c]<class Number, std::size_t Count>(std::span<Number, Count> found, const void* expected) {
      return differences(found, static_cast<const Number*>(expected) + c * Count);
    };
    return (compare(net.template output<Index>(), outputs[Index]) + ...);
  }(std::make_index_sequence<Outputs>{});
}

// Reset: what the network keeps from run to run is lost before each case; else they are one stream.
template <class Net, bool Reset, std::size_t Inputs, std::size_t Outputs>
void compare(std::string_view name, std::int32_t cases, Files<Inputs> inputs, Files<Outputs> outputs) {
  static Net net;
  std::uint32_t sum = 0;
  for (std::size_t c = 0; c < static_cast<std::size_t>(cases); ++c) {
    if constexpr (Reset) net.reset();
    infer(net, c, inputs);
    sum += mismatches(net, c, outputs);
  }
  failures += sum;
  nn::print(console::write, nn::left(name, 32), nn::right(sum, 6), " mismatches in ",
            nn::right(static_cast<std::uint32_t>(cases), 3), " cases, workspace ",
            nn::right(static_cast<std::uint32_t>(Net::workspace_bytes), 6), " bytes\n");
  if (Net::operators > 8) nn::graph::print_plan<Net>(console::write);
}

}  // namespace golden

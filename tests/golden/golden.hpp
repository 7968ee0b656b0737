// Golden: imported models against the outputs of TensorFlow Lite's reference kernels: integers bit for bit, floats to 1e-4 of
// the number or 1e-6 of the largest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "console.hpp"
#include "nn/int8/int8.hpp"
#include "nn/text.hpp"

namespace golden {

inline std::uint32_t failures = 0;

// Numbers of an output that are not what was expected.
template <bool Floats>
std::uint32_t differences(const std::int8_t* found, const std::int8_t* expected, std::size_t bytes) {
  std::uint32_t sum = 0;
  if constexpr (!Floats) {
    for (std::size_t i = 0; i < bytes; ++i)
      if (found[i] != expected[i]) ++sum;
  } else {
    const auto number = [](const std::int8_t* at, std::size_t i) {
      float value;
      std::memcpy(&value, at + i * sizeof value, sizeof value);
      return value;
    };
    const auto magnitude = [](float x) { return x < 0 ? -x : x; };
    float largest = 0;
    for (std::size_t i = 0; i < bytes / sizeof(float); ++i) largest = std::max(largest, magnitude(number(expected, i)));
    for (std::size_t i = 0; i < bytes / sizeof(float); ++i) {
      const float bound = 1e-4f * magnitude(number(expected, i)) + 1e-6f * largest;
      if (!(magnitude(number(found, i) - number(expected, i)) <= bound)) ++sum;
    }
  }
  return sum;
}

// The inputs of case c.
template <class Net, std::size_t Inputs>
void load(Net& net, std::size_t c, const std::int8_t* const (&inputs)[Inputs]) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto fill = [c](auto to, const std::int8_t* from) { std::copy_n(from + c * to.size(), to.size(), to.begin()); };
    (fill(net.template input<I>(), inputs[I]), ...);
  }(std::make_index_sequence<Inputs>{});
}

template <bool Floats, class Net, std::size_t Outputs>
std::uint32_t mismatches(Net& net, std::size_t c, const std::int8_t* const (&outputs)[Outputs]) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto compare = [c](auto found, const std::int8_t* expected) { return differences<Floats>(found.data(), expected + c * found.size(), found.size()); };
    return (compare(net.template output<I>(), outputs[I]) + ...);
  }(std::make_index_sequence<Outputs>{});
}

// Reset: what the network keeps from run to run is lost before each case; else they are one stream.
template <class Net, bool Floats, bool Reset, std::size_t Inputs, std::size_t Outputs>
void compare(std::string_view name, std::int32_t cases, const std::int8_t* const (&inputs)[Inputs], const std::int8_t* const (&outputs)[Outputs]) {
  static Net net;
  std::uint32_t sum = 0;
  for (std::size_t c = 0; c < static_cast<std::size_t>(cases); ++c) {
    load(net, c, inputs);
    if constexpr (Reset) net.reset();
    net.run();
    sum += mismatches<Floats>(net, c, outputs);
  }
  failures += sum;
  nn::print(console::write, nn::left(name, 32), nn::right(sum, 6), " mismatches in ", nn::right(static_cast<std::uint32_t>(cases), 3), " cases, workspace ",
            nn::right(static_cast<std::uint32_t>(Net::workspace_bytes), 6), " bytes\n");
  if (Net::operators > 8) nn::int8::print_plan<Net>(console::write);
}

}  // namespace golden

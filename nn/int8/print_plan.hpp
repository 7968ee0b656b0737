// The memory plan of a graph as a table: for each operator its output's place, its scratch, all bytes that live while it runs,
// as if none overlapped, and up to where they reach as they lie.
#pragma once

#include "nn/int8/graph.hpp"
#include "nn/text.hpp"

namespace nn::int8 {

template <class Net>
void print_plan(auto write) {
  const auto number = [](std::int32_t value, std::size_t width) { return nn::right(static_cast<std::uint32_t>(value), width); };
  nn::print(write, "step  operator          output at   bytes  scratch    live  reached\n");
  for (std::size_t step = 0; step < Net::operators; ++step) {
    const std::size_t output = static_cast<std::size_t>(Net::steps[step].output);
    nn::print(write, nn::right(static_cast<std::uint32_t>(step), 4), "  ", nn::left(Net::kinds[step], 16), number(Net::plan.offset[output], 11),
              number(Net::lifetimes[output].bytes, 8), number(Net::lifetimes[Net::tensors + step].bytes, 9),
              number(Net::live_bytes(static_cast<std::int32_t>(step)), 8),
              number(Net::reached_bytes(static_cast<std::int32_t>(step)), 9), '\n');
  }
  nn::print(write, "workspace ", static_cast<std::uint32_t>(Net::workspace_bytes), " bytes, ", static_cast<std::uint64_t>(Net::products), " products\n");
}

}  // namespace nn::int8

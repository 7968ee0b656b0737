// The memory plan of a graph as a table: for each operator its output's place, its scratch, all bytes that live while it runs,
// as if none overlapped, and up to where they reach as they lie.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/graph/graph.hpp"
#include "nn/text.hpp"

namespace nn::graph {

// Bytes that live while operator `step` runs, as if none overlapped.
template <class Net>
constexpr std::int32_t live_bytes(std::int32_t step) {
  std::int32_t sum = 0;
  for (const Block& block : Net::plan.block)
    if (block.first <= step && step <= block.last) sum += block.bytes;
  return sum;
}

// Up to which byte the workspace is in use then.
template <class Net>
constexpr std::int32_t reached_bytes(std::int32_t step) {
  std::int32_t top = 0;
  for (const Block& block : Net::plan.block)
    if (block.bytes > 0 && block.first <= step && step <= block.last) top = std::max(top, block.offset + block.bytes);
  return top;
}

// Bytes that nothing else can use: variables, states, inputs that are kept.
template <class Net>
constexpr std::int32_t kept_bytes() {
  std::int32_t sum = 0;
  for (const Block& block : Net::plan.block)
    if (block.first < 0 && block.last == static_cast<std::int32_t>(Net::operators)) sum += block.bytes;
  return sum;
}

template <class Net>
void print_plan(auto write) {
  const auto number = [](std::int32_t value, std::size_t width) { return nn::right(static_cast<std::uint32_t>(value), width); };
  nn::print(write, "step  operator          output at   bytes  scratch    live  reached\n");
  for (std::size_t step = 0; step < Net::operators; ++step) {
    const std::int32_t output = Net::facts.steps[step].output;
    nn::print(write, nn::right(static_cast<std::uint32_t>(step), 4), "  ", nn::left(Net::kinds[step], 16),
              number(Net::plan.block[static_cast<std::size_t>(output)].offset, 11), number(Net::facts.tensor(output).bytes, 8),
              number(Net::facts.steps[step].scratch, 9), number(live_bytes<Net>(static_cast<std::int32_t>(step)), 8),
              number(reached_bytes<Net>(static_cast<std::int32_t>(step)), 9), '\n');
  }
  nn::print(write, "workspace ", static_cast<std::uint32_t>(Net::workspace_bytes), " bytes");
  if constexpr (kept_bytes<Net>() > 0) nn::print(write, ", of which ", static_cast<std::uint32_t>(kept_bytes<Net>()), " are kept from run to run");
  nn::print(write, ", ", static_cast<std::uint64_t>(Net::products), " products\n");
}

}  // namespace nn::graph

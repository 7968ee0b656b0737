// Plan: where each layer's output lies in one buffer, worked out by the compiler. Offsets and sizes count elements.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>

namespace nn {

// One layer's output. `in_place`: it may overwrite the output before it, which has the same size.
struct PlannedOutput {
  std::size_t elements;
  bool in_place;
};

template <std::size_t Count>
struct Plan {
  std::array<std::size_t, Count> offset;
  std::size_t size;
};

// For a pass that needs only the output before the current one: outputs lie at the two ends of the buffer by turns. The
// first one follows the network's input, which is not in the buffer.
template <std::size_t Count>
constexpr Plan<Count> two_ended_plan(const std::array<PlannedOutput, Count>& outputs) {
  Plan<Count> plan{};
  std::size_t before = 0;
  for (std::size_t i = 0; i < Count; ++i) {
    const std::size_t together = (i > 0 && outputs[i].in_place ? 0 : before) + outputs[i].elements;
    if (together > plan.size) plan.size = together;
    before = outputs[i].elements;
  }
  bool at_end = true;
  for (std::size_t i = 0; i < Count; ++i) {
    if (i == 0 || !outputs[i].in_place) at_end = !at_end;
    plan.offset[i] = at_end ? plan.size - outputs[i].elements : 0;
  }
  return plan;
}

// For a pass whose outputs are all needed afterwards: one behind the other.
template <std::size_t Count>
constexpr Plan<Count> stacked_plan(const std::array<PlannedOutput, Count>& outputs) {
  Plan<Count> plan{};
  for (std::size_t i = 0; i < Count; ++i) {
    if (i > 0 && outputs[i].in_place) {
      plan.offset[i] = plan.offset[i - 1];
    } else {
      plan.offset[i] = plan.size;
      plan.size += outputs[i].elements;
    }
  }
  return plan;
}

}  // namespace nn

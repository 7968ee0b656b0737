// Lifetimes: a block lives from the step that writes it to the last one that reads it; the scratch of a step lives in that step
// alone; what is kept from run to run, always.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "nn/graph/facts.hpp"

namespace nn::graph {

struct Block {
  std::int32_t bytes = 0;   // none of a part, though it has an offset
  std::int32_t first = -1;  // the step that writes it; -1: it is there before
  std::int32_t last = -1;   // the last step that reads it; the number of steps: it is read afterwards
  std::int32_t offset = 0;

  // Of what is elsewhere for some steps: from the step that takes it away to the one that brings it back; and the block where it
  // is meanwhile (row_plan.hpp).
  std::int32_t away_from = 0;
  std::int32_t away_to = -1;
  std::int32_t twin = -1;

  // Of the planner: among the blocks in the order of their first steps, where those lie that may live at the same time; its place
  // in the order that is tried; and whether it has been placed.
  std::int32_t near_from = 0;
  std::int32_t near_to = 0;
  std::int64_t rank = 0;
  bool placed = false;

  // May another block, of this number, lie over this one while it is away, or because it is what has been taken away?
  constexpr bool makes_way(const Block& other, std::int32_t number) const {
    if (twin < 0) return false;
    if (twin == number) return true;
    if (other.first == other.last) return away_from <= other.first && other.last <= away_to;
    return away_from < other.first && (other.last < away_to || (other.last == away_to && other.twin < 0));
  }
};

// From when to when each block lives, without a place yet.
constexpr void find_lifetimes(const Facts& facts, std::span<Block> blocks) {
  const std::int32_t steps = static_cast<std::int32_t>(facts.steps.size());
  constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();
  for (std::size_t t = 0; t < facts.tensors.size(); ++t)
    blocks[t] = {.bytes = facts.tensors[t].whole < 0 ? facts.tensors[t].bytes : 0, .first = never};
  for (std::int32_t input : facts.inputs) {
    blocks[facts.block_of(input)].first = -1;
    if (facts.keeps_inputs) blocks[facts.block_of(input)].last = steps;
  }
  for (std::int32_t s = 0; s < steps; ++s) {
    const std::size_t at = static_cast<std::size_t>(s);
    const StepFacts& step = facts.steps[at];
    const auto lives = [&](std::int32_t tensor) {
      Block& block = blocks[facts.block_of(tensor)];
      block.first = std::min(block.first, s);
      block.last = std::max(block.last, s);
    };
    for (const Read& read : facts.reads_of(step)) lives(read.tensor);
    lives(step.output);
    blocks[facts.scratch_block(at)] = {step.scratch, s, s};
    blocks[facts.state_block(at)] = {step.state, -1, steps};
  }
  for (std::int32_t output : facts.outputs) blocks[facts.block_of(output)].last = steps;
  for (std::size_t t = 0; t < facts.tensors.size(); ++t) {
    if (blocks[t].first == never) blocks[t].first = -1;
    if (facts.tensors[t].variable) blocks[t] = {blocks[t].bytes, -1, steps};
  }
}

}  // namespace nn::graph

// Plan: where each tensor of a graph lies in one workspace, found by the compiler.
//
// A block lives from the step that writes it to the last one that reads it; the scratch of a step lives in that step alone.
// Two blocks that live at the same time lie apart, except that an output may lie over an input that is read for the last
// time, as far as the operator allows (overlap.hpp). So for two blocks, the places of one that the other forbids are always
// one interval. Blocks are placed one after another, each as low as it can go; of a few orders the best is kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/int8/overlap.hpp"

namespace nn::int8 {

// Every block begins at a multiple of this many bytes.
inline constexpr std::int32_t alignment = 4;

struct Block {
  std::int32_t bytes = 0;
  std::int32_t first = -1;  // the step that writes it; -1: an input of the graph
  std::int32_t last = -1;   // the last step that reads it
};

// One operator: what it reads and writes.
template <std::size_t MostInputs>
struct Step {
  std::int32_t output = 0;
  std::size_t inputs = 0;
  std::array<std::int32_t, MostInputs> input{};
  std::array<Overlap, MostInputs> overlap{};
};

template <std::size_t Blocks>
struct Plan {
  std::array<std::int32_t, Blocks> offset{};
  std::int32_t bytes = 0;  // of the workspace
};

template <std::size_t Blocks, std::size_t Steps, std::size_t MostInputs>
class Planner {
 public:
  constexpr Planner(const std::array<Block, Blocks>& all, const std::array<Step<MostInputs>, Steps>& program)
      : blocks{all}, steps{program} {}

  constexpr Plan<Blocks> best() const {
    Plan<Blocks> found = placed([this](std::size_t a, std::size_t b) { return blocks[a].bytes > blocks[b].bytes; });
    keep_smaller(found, placed([this](std::size_t a, std::size_t b) { return blocks[a].first < blocks[b].first; }));
    keep_smaller(found, placed([this](std::size_t a, std::size_t b) { return blocks[a].first > blocks[b].first; }));
    keep_smaller(found, placed([this](std::size_t a, std::size_t b) {
      return lifetime(a) != lifetime(b) ? lifetime(a) > lifetime(b) : blocks[a].bytes > blocks[b].bytes;
    }));
    return found;
  }

 private:
  constexpr std::int32_t lifetime(std::size_t b) const { return blocks[b].last - blocks[b].first; }

  static constexpr void keep_smaller(Plan<Blocks>& best, const Plan<Blocks>& other) {
    if (other.bytes < best.bytes) best = other;
  }

  // Offsets of `a` within (from, to) are forbidden when `b` lies at 0.
  struct Interval {
    std::int32_t from;
    std::int32_t to;
  };
  constexpr Interval forbidden(std::size_t a, std::size_t b) const {
    const Block& x = blocks[a];
    const Block& y = blocks[b];
    if (x.bytes == 0 || y.bytes == 0 || x.last < y.first || y.last < x.first) return {0, 0};
    if (x.last == y.first) {
      const Overlap distance = overlap(a, b);
      return {-least(distance.above, x.bytes), least(distance.below, y.bytes)};
    }
    if (y.last == x.first) {
      const Overlap distance = overlap(b, a);
      return {-least(distance.below, x.bytes), least(distance.above, y.bytes)};
    }
    return {-x.bytes, y.bytes};
  }

  static constexpr std::int32_t least(std::int32_t a, std::int32_t b) { return a < b ? a : b; }

  // What the step that reads `input` and writes `output` allows.
  constexpr Overlap overlap(std::size_t input, std::size_t output) const {
    Overlap all{};
    bool reads = false;
    const Block& written = blocks[output];
    if (written.first < 0) return no_overlap;
    const Step<MostInputs>& step = steps[static_cast<std::size_t>(written.first)];
    if (static_cast<std::size_t>(step.output) != output) return no_overlap;
    for (std::size_t i = 0; i < step.inputs; ++i) {
      if (static_cast<std::size_t>(step.input[i]) != input) continue;
      reads = true;
      if (step.overlap[i].below > all.below) all.below = step.overlap[i].below;
      if (step.overlap[i].above > all.above) all.above = step.overlap[i].above;
    }
    return reads ? all : no_overlap;
  }

  // Places the blocks in an order, those that stand first in it first.
  constexpr Plan<Blocks> placed(auto before) const {
    std::array<std::size_t, Blocks> order{};
    for (std::size_t i = 0; i < Blocks; ++i) {
      std::size_t at = i;
      for (; at > 0 && before(i, order[at - 1]); --at) order[at] = order[at - 1];
      order[at] = i;
    }
    Plan<Blocks> plan;
    for (std::size_t i = 0; i < Blocks; ++i) {
      const std::size_t block = order[i];
      std::int32_t offset = 0;
      for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t k = 0; k < i; ++k) {
          const Interval gap = forbidden(block, order[k]);
          const std::int32_t distance = offset - plan.offset[order[k]];
          if (distance <= gap.from || distance >= gap.to) continue;
          offset = (plan.offset[order[k]] + gap.to + alignment - 1) / alignment * alignment;
          moved = true;
        }
      }
      plan.offset[block] = offset;
      if (offset + blocks[block].bytes > plan.bytes) plan.bytes = offset + blocks[block].bytes;
    }
    return plan;
  }

  const std::array<Block, Blocks>& blocks;
  const std::array<Step<MostInputs>, Steps>& steps;
};

}  // namespace nn::int8

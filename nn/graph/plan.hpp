// Plan: where each tensor of a graph lies in one workspace. The compiler finds it, or a program at run time, by the same code.
//
// A block lives from the step that writes it to the last one that reads it; the scratch of a step lives in that step alone; what is
// kept from run to run, always: it lies at the bottom. Two blocks that live at the same time lie apart, except that an output may
// lie over an input that is read for the last time, as far as the operator allows (overlap.hpp). So for two blocks, the places of
// one that the other forbids are always one interval. Blocks are placed one after another, each as low as it can go; of a few
// orders the best is kept.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>

#include "nn/graph/overlap.hpp"

namespace nn::graph {

// Every block begins at a multiple of this many bytes.
inline constexpr std::int32_t alignment = 4;

constexpr std::int32_t aligned(std::int32_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

struct TensorFacts {
  std::int32_t bytes = 0;
  std::int32_t whole = -1;  // of a part: the tensor that it lies in, and its first byte there
  std::int32_t begin = 0;
  bool variable = false;    // keeps its numbers from run to run
};

// An input of an operator, but for those that are constants.
struct Read {
  std::int32_t tensor = 0;
  Overlap overlap{};  // what the output may share with it
};

struct StepFacts {
  std::int32_t output = 0;
  std::int32_t first_read = 0;  // among all reads
  std::int32_t reads = 0;
  std::int32_t scratch = 0;  // bytes
  std::int32_t state = 0;
};

struct Facts {
  std::span<const TensorFacts> tensors;
  std::span<const StepFacts> steps;
  std::span<const Read> reads;
  std::span<const std::int32_t> inputs;
  std::span<const std::int32_t> outputs;
  bool keeps_inputs = false;

  constexpr const TensorFacts& tensor(std::int32_t t) const { return tensors[static_cast<std::size_t>(t)]; }
  constexpr std::span<const Read> reads_of(const StepFacts& step) const {
    return reads.subspan(static_cast<std::size_t>(step.first_read), static_cast<std::size_t>(step.reads));
  }
  // The tensors, then the scratch of each step, then its state.
  constexpr std::size_t blocks() const { return tensors.size() + 2 * steps.size(); }
  constexpr std::size_t scratch_block(std::size_t step) const { return tensors.size() + step; }
  constexpr std::size_t state_block(std::size_t step) const { return tensors.size() + steps.size() + step; }
  // The block that a tensor lies in.
  constexpr std::size_t block_of(std::int32_t t) const { return static_cast<std::size_t>(tensor(t).whole < 0 ? t : tensor(t).whole); }
};

struct Block {
  std::int32_t bytes = 0;   // none of a part, though it has an offset
  std::int32_t first = -1;  // the step that writes it; -1: it is there before
  std::int32_t last = -1;   // the last step that reads it; the number of steps: it is read afterwards
  std::int32_t offset = 0;

  // Of the planner: among the blocks in the order of their first steps, where those lie that may live at the same time; its place
  // in the order that is tried; and whether it has been placed.
  std::int32_t near_from = 0;
  std::int32_t near_to = 0;
  std::int64_t rank = 0;
  bool placed = false;
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

class Planner {
 public:
  constexpr Planner(const Facts& all, std::span<Block> places, std::span<std::int32_t> sequences)
      : facts{all}, block{places.data()}, blocks{static_cast<std::int32_t>(places.size())}, order{sequences.data()}, by_time{order + blocks} {}

  // Bytes of the workspace.
  constexpr std::int32_t best() {
    find_lifetimes(facts, {block, static_cast<std::size_t>(blocks)});
    place_what_is_kept();
    find_neighbours();
    constexpr int orders = 4;
    std::int32_t least = std::numeric_limits<std::int32_t>::max();
    int found = 0;
    for (int i = 0; i < orders; ++i)
      if (const std::int32_t bytes = placed(i); bytes < least) {
        least = bytes;
        found = i;
      }
    if (found != orders - 1) placed(found);
    for (std::size_t t = 0; t < facts.tensors.size(); ++t)
      if (const TensorFacts& tensor = facts.tensors[t]; tensor.whole >= 0) block[t].offset = block[tensor.whole].offset + tensor.begin;
    return least;
  }

 private:
  // The orders that are tried.
  static constexpr std::int64_t rank(int i, const Block& b) {
    switch (i) {
      case 0: return -b.bytes;  // the larger first
      case 1: return b.first;   // the earlier, the later
      case 2: return -b.first;
      default: return -(std::int64_t{b.last - b.first} << 32) - b.bytes;  // what lives longer
    }
  }

  constexpr void sort(std::int32_t* first) const {
    std::sort(first, first + moving, [all = block](std::int32_t a, std::int32_t b) { return all[a].rank != all[b].rank ? all[a].rank < all[b].rank : a < b; });
  }

  constexpr void place_what_is_kept() {
    for (std::int32_t b = 0; b < blocks; ++b) {
      Block& own = block[b];
      if (own.bytes == 0) continue;
      if (own.first < 0 && own.last == static_cast<std::int32_t>(facts.steps.size())) {
        own.offset = kept;
        kept_bytes = kept + own.bytes;
        kept = aligned(kept_bytes);
      } else {
        own.rank = own.first;
        by_time[moving] = b;
        order[moving++] = b;
      }
    }
  }

  // Those that begin before a block ends, behind the first that ends after it begins.
  constexpr void find_neighbours() {
    sort(by_time);
    std::int32_t from = 0;
    std::int32_t to = 0;
    for (std::int32_t i = 0; i < moving; ++i) {
      Block& own = block[by_time[i]];
      while (block[by_time[from]].last < own.first) ++from;
      own.near_from = from;
      to = i;
      while (to < moving && block[by_time[to]].first <= own.last) ++to;
      own.near_to = to;
    }
  }

  // Offsets of `a` within (from, to) are forbidden when `b` lies at 0.
  struct Interval {
    std::int32_t from;
    std::int32_t to;
  };
  constexpr Interval forbidden(std::int32_t a, std::int32_t b) const {
    const Block& x = block[a];
    const Block& y = block[b];
    if (x.last == y.first) {
      const Overlap distance = overlap(a, b);
      return {-std::min(distance.above, x.bytes), std::min(distance.below, y.bytes)};
    }
    if (y.last == x.first) {
      const Overlap distance = overlap(b, a);
      return {-std::min(distance.below, x.bytes), std::min(distance.above, y.bytes)};
    }
    return {-x.bytes, y.bytes};
  }

  // What the step that reads block `input` for the last time and writes block `output` allows.
  constexpr Overlap overlap(std::int32_t input, std::int32_t output) const {
    const std::int32_t written = block[output].first;
    if (written < 0 || written >= static_cast<std::int32_t>(facts.steps.size())) return no_overlap;
    const StepFacts& step = facts.steps[static_cast<std::size_t>(written)];
    if (step.output != output) return no_overlap;
    Overlap all{};
    bool reads = false;
    for (const Read& read : facts.reads_of(step)) {
      if (facts.block_of(read.tensor) != static_cast<std::size_t>(input)) continue;
      if (read.tensor != input) return no_overlap;
      reads = true;
      all = {std::max(all.below, read.overlap.below), std::max(all.above, read.overlap.above)};
    }
    return reads ? all : no_overlap;
  }

  // Places the blocks that come and go in order `i`.
  constexpr std::int32_t placed(int i) {
    for (std::int32_t k = 0; k < moving; ++k) {
      block[order[k]].rank = rank(i, block[order[k]]);
      block[order[k]].placed = false;
    }
    sort(order);
    std::int32_t bytes = kept_bytes;
    for (std::int32_t k = 0; k < moving; ++k) {
      Block& own = block[order[k]];
      own.offset = kept;
      while (moves(order[k])) {
      }
      own.placed = true;
      bytes = std::max(bytes, own.offset + own.bytes);
    }
    return bytes;
  }

  // Further up, if it lies where others forbid it.
  constexpr bool moves(std::int32_t b) {
    Block& own = block[b];
    bool any = false;
    for (std::int32_t k = own.near_from; k < own.near_to; ++k) {
      const Block& other = block[by_time[k]];
      if (!other.placed || other.last < own.first) continue;
      const Interval gap = forbidden(b, by_time[k]);
      const std::int32_t distance = own.offset - other.offset;
      if (distance <= gap.from || distance >= gap.to) continue;
      own.offset = aligned(other.offset + gap.to);
      any = true;
    }
    return any;
  }

  const Facts& facts;
  Block* block;
  std::int32_t blocks;
  std::int32_t* order;    // of those that come and go
  std::int32_t* by_time;  // the same, as they begin
  std::int32_t moving = 0;
  std::int32_t kept = 0;  // where these may begin
  std::int32_t kept_bytes = 0;
};

// Fills `blocks`, facts.blocks() of them, and returns the bytes of the workspace. `order`: room for twice as many numbers.
constexpr std::int32_t plan(const Facts& facts, std::span<Block> blocks, std::span<std::int32_t> order) {
  return Planner{facts, blocks, order}.best();
}

// The plan that the compiler makes.
template <std::size_t Blocks>
struct Planned {
  std::array<Block, Blocks> block{};
  std::int32_t bytes = 0;
};
template <std::size_t Blocks>
constexpr Planned<Blocks> planned(const Facts& facts) {
  Planned<Blocks> found;
  std::array<std::int32_t, 2 * Blocks> order{};
  found.bytes = plan(facts, found.block, order);
  return found;
}

// Must step `s` walk from the highest address down? Its output lies above an input that it overlaps.
constexpr bool backward(const Facts& facts, std::span<const Block> blocks, std::size_t s) {
  const StepFacts& step = facts.steps[s];
  const std::int32_t output = blocks[static_cast<std::size_t>(step.output)].offset;
  for (const Read& read : facts.reads_of(step)) {
    const std::int32_t input = blocks[static_cast<std::size_t>(read.tensor)].offset;
    const bool lie_apart = output >= input + facts.tensor(read.tensor).bytes || input >= output + facts.tensor(step.output).bytes;
    if (!lie_apart && output + read.overlap.below > input) return true;
  }
  return false;
}

// Does each part lie within a tensor that has memory of its own?
constexpr bool parts_fit(const Facts& facts) {
  for (const TensorFacts& part : facts.tensors) {
    if (part.whole < 0) continue;
    if (static_cast<std::size_t>(part.whole) >= facts.tensors.size() || facts.tensor(part.whole).whole >= 0) return false;
    if (part.begin + part.bytes > facts.tensor(part.whole).bytes) return false;
  }
  return true;
}

// Where an operator writes bytes that it reads, it must be able to work in place.
constexpr bool in_place_or_apart(const Facts& facts) {
  for (const StepFacts& step : facts.steps)
    for (const Read& read : facts.reads_of(step)) {
      if (facts.block_of(read.tensor) != facts.block_of(step.output)) continue;
      const TensorFacts& from = facts.tensor(read.tensor);
      const TensorFacts& to = facts.tensor(step.output);
      const bool lie_apart = from.begin + from.bytes <= to.begin || to.begin + to.bytes <= from.begin;
      if (!lie_apart && (from.begin != to.begin || (read.overlap.below > 0 && read.overlap.above > 0))) return false;
    }
  return true;
}

}  // namespace nn::graph

// Plan: where each tensor of a graph lies in one workspace. The compiler finds it, or a program at run time, by the same code.
//
// Two blocks that live at the same time lie apart, except that an output may lie over an input that is read for the last time, as
// far as the operator allows (overlap.hpp). So for two blocks, the places of one that the other forbids are always one interval.
// What is kept from run to run lies at the bottom. The others are placed one after another, each as low as it can go; of a few
// orders the best is kept.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "nn/graph/facts.hpp"
#include "nn/graph/lifetimes.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

// Every block begins at a multiple of this many bytes.
inline constexpr std::int32_t alignment = 4;

constexpr std::int32_t aligned(std::int32_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

class Planner {
 public:
  constexpr Planner(const Facts& all, std::span<Block> places, std::span<std::int32_t> sequences)
      : facts{all},
        block{places.data()},
        blocks{static_cast<std::int32_t>(places.size())},
        order{sequences.data()},
        by_time{order + blocks} {}

  // Bytes of the workspace.
  constexpr std::int32_t best() {
    find_lifetimes(facts, {block, static_cast<std::size_t>(blocks)});
    return best_places();
  }
  // The same of blocks that have their lifetimes already, and may be more than those of the facts.
  constexpr std::int32_t best_places() {
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
      if (const TensorFacts& tensor = facts.tensors[t]; tensor.whole >= 0)
        block[t].offset = block[tensor.whole].offset + tensor.begin;
    return least;
  }

 private:
  // The orders that are tried.
  static constexpr std::int64_t rank(int i, const Block& b) {
    switch (i) {
      case 0:
        return -b.bytes;  // the larger first
      case 1:
        return b.first;  // the earlier, the later
      case 2:
        return -b.first;
      default:
        return -(std::int64_t{b.last - b.first} << 32) - b.bytes;  // what lives longer
    }
  }

  constexpr void sort(std::int32_t* first) const {
    std::sort(first, first + moving, [all = block](std::int32_t a, std::int32_t b) {
      return all[a].rank != all[b].rank ? all[a].rank < all[b].rank : a < b;
    });
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
    if (x.makes_way(y, b) || y.makes_way(x, a)) return {0, 0};
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

}  // namespace nn::graph

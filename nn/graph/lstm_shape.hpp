// LstmShape: what a long short-term memory reads and keeps, whatever the type of its numbers.
//
//   x  [batch][steps][inputs]    W  [units][inputs], R  [units][units], b  [units] of each gate    y  [batch][steps][units]
//
// or, with the time first, x [steps][batch][inputs] and y [steps][batch][units].
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

struct LstmShape {
  std::int32_t batch;
  bool time_first;
  std::int32_t steps;
  std::int32_t inputs;
  std::int32_t units;

  constexpr std::int32_t rows() const { return batch * steps; }
  // Which of the batch row `row` of x belongs to.
  constexpr std::int32_t sequence(std::int32_t row) const { return time_first ? row % batch : row / steps; }
  // Of numbers of so many bytes. Forward only.
  constexpr Overlap overlap(std::size_t bytes) const {
    return in_bytes({walked_rows(rows(), inputs, units).below, apart}, bytes);
  }
  constexpr std::int64_t products() const { return std::int64_t{4} * rows() * units * (inputs + units); }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("time_first", time_first);
    list("steps", steps);
    list("inputs", inputs);
    list("units", units);
  }
};

// Rows of x and of y: how many there are, and how many numbers the next one is away.
struct LstmRows {
  std::int32_t count;
  std::int32_t x;
  std::int32_t y;
};

// W, R and b of one gate.
template <class Weight, class Bias>
struct LstmWeights {
  const Weight* weight;
  const Weight* recurrent;
  const Bias* bias;

  constexpr void members(auto&& list, const LstmShape& shape) const {
    list("weight", listed(weight, shape.units * shape.inputs));
    list("recurrent", listed(recurrent, shape.units * shape.units));
    list("bias", listed(bias, shape.units));
  }
};

template <class Gate>
struct LstmGates {
  Gate input;
  Gate forget;
  Gate cell;
  Gate output;

  constexpr void members(auto&& list, const LstmShape& shape) const {
    const auto gate = [&](const char* name, const Gate& of) {
      list(name, Nested{[&](auto&& each) { of.members(each, shape); }});
    };
    gate("input", input);
    gate("forget", forget);
    gate("cell", cell);
    gate("output", output);
  }
};

}  // namespace nn::graph

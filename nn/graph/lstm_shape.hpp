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

}  // namespace nn::graph

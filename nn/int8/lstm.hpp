// Lstm: long short-term memory over a sequence (nn/int8/lstm_cell.hpp), with a cell c of 16 bits and an output h of 8 or 16, both
// kept from run to run. The bits are those of TensorFlow Lite Micro's UNIDIRECTIONAL_SEQUENCE_LSTM.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/lstm_shape.hpp"
#include "nn/graph/members.hpp"
#include "nn/int8/lstm_cell.hpp"

namespace nn::int8 {

template <class Code>
struct LstmOf {
  static constexpr std::string_view kind = "Lstm";

  graph::LstmShape shape;
  LstmCellOf<Code> cell;

  constexpr graph::Overlap overlap(int) const { return shape.overlap(sizeof(Code)); }
  // Those of a step, and h.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const { return cell.template scratch<Kernels>(shape) + static_cast<std::int32_t>(sizeof(Code)) * shape.units; }
  // All c, then all h.
  constexpr std::int32_t state() const { return (2 + static_cast<std::int32_t>(sizeof(Code))) * shape.batch * shape.units; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("cell", graph::Nested{[this](auto&& of) { cell.members(of, shape); }});
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, Code* y, const Code* x) const {
    const std::int32_t units = shape.units, zero = cell.zero;
    std::int16_t* const cells = graph::numbers<std::int16_t>(call.state);
    Code* const outputs = graph::numbers<Code>(call.state + 2 * shape.batch * units);
    Code* const h = graph::begin_numbers<Code>(call.scratch + cell.template scratch<Kernels>(shape), static_cast<std::size_t>(units));
    for (std::int32_t row = 0, last = shape.rows() - 1; row <= last; ++row, x += shape.inputs, y += units) {
      const std::int32_t b = shape.sequence(row);
      Code* const kept = outputs + b * units;  // less the zero point, so that it is 0 at first; it wraps
      if (row == 0 || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) h[u] = static_cast<Code>(kept[u] + zero);
      cell.template step<Kernels>(shape, call.scratch, x, h, cells + b * units);
      graph::copy(y, h, units);
      if (row == last || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) kept[u] = static_cast<Code>(h[u] - zero);
    }
  }
};

using Lstm = LstmOf<std::int8_t>;

}  // namespace nn::int8

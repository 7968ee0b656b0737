// An LSTM that is laid out: its gates (int8_gates.hpp), their functions and the cells, step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_gates.hpp"
#include "int8_lstm_units.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/lstm_shape.hpp"

namespace target {

template <class Lstm>
struct Int8LstmRun {
  using Gates = Int8Gates<Int8LstmLayout>;

  [[gnu::noinline]] static void run(const Lstm& m, nn::graph::Call call, std::int8_t* y, const std::int8_t* x,
                                    nn::graph::LstmRows rows) {
    const auto& shape = m.shape;
    const std::int32_t count = rows.count, units = shape.units;
    const Gates gates{m.laid_out, shape, call.scratch};
    std::int16_t* const cells = nn::graph::numbers<std::int16_t>(call.state);
    std::int8_t* const outputs = nn::graph::numbers<std::int8_t>(call.state + 2 * shape.batch * units);
    for (std::int32_t row = 0; row < count; ++row) {
      const bool second = row % 2 != 0;
      const std::int8_t* const from = x + row * rows.x;
      if (!second) row + 1 < count ? gates.two(from, from + rows.x) : gates.one(from);
      const std::int32_t b = shape.sequence(row);
      std::int8_t* const kept = outputs + b * units;  // less the zero point
      std::int8_t* const to = y + row * rows.y;
      const bool begins = row == 0 || shape.batch > 1;
      if (begins)
        for (std::int32_t u = 0; u < units; ++u) to[u] = static_cast<std::int8_t>(kept[u] + m.zero);
      step(m, gates, begins ? to : to - rows.y, gates.of(second), cells + b * units, to);
      if (row == count - 1 || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) kept[u] = static_cast<std::int8_t>(to[u] - m.zero);
    }
  }

 private:
  static void step(const Lstm& m, const Gates& gates, const std::int8_t* h, std::int16_t* mine, std::int16_t* c, std::int8_t* y) {
    const std::int32_t padded = gates.padded;
    gates.add(h, 0, 4, mine);
    const std::int32_t* const curve = gates.curve();
    auto* const pairs = reinterpret_cast<std::uint32_t*>(mine);
    Int8GateCurve<9>{curve}.over(pairs, pairs + 3 * padded / 2);
    Int8GateCurve<8>{curve}.over(pairs + 3 * padded / 2, pairs + 2 * padded);
    const std::int32_t to_cell = 29 - (m.cell_bits < 20 ? m.cell_bits : 20);
    Int8LstmUnits::cells(mine, mine + padded, mine + 3 * padded, m.shape.units, to_cell, m.clip, c);
    Int8LstmUnits::outputs(m, curve, mine + 2 * padded, c, y);
  }
};

}  // namespace target

// An LSTM that is laid out (int8_lstm_layout.hpp): W·x of two steps at a time, whose weights are read once for both, then R·h,
// the gates' functions and the cells, step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_lstm_sums.hpp"
#include "int8_lstm_units.hpp"
#include "int8_widen.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/lstm.hpp"

namespace target {

template <class Lstm>
class Int8LstmRun {
 public:
  // The gates of two steps, two widened rows of x, and h.
  static constexpr std::int32_t scratch(const auto& shape) {
    return 2 * gate_bytes(shape) + 16 * Int8LstmLayout::fours(shape.inputs) + 8 * Int8LstmLayout::fours(shape.units);
  }

  [[gnu::noinline]] static void run(const Lstm& m, nn::graph::Call call, std::int8_t* y, const std::int8_t* x, nn::int8::LstmRows rows) {
    const auto& shape = m.shape;
    const std::int32_t count = rows.count, units = shape.units;
    const Int8LstmRun all{m, call.scratch};
    std::int16_t* const cells = nn::graph::numbers<std::int16_t>(call.state);
    std::int8_t* const outputs = nn::graph::numbers<std::int8_t>(call.state + 2 * shape.batch * units);
    for (std::int32_t row = 0; row < count; ++row) {
      const bool second = row % 2 != 0;
      const std::int8_t* const from = x + row * rows.x;
      if (!second) row + 1 < count ? all.two_inputs(from, from + rows.x) : all.one_input(from);
      const std::int32_t b = shape.sequence(row);
      std::int8_t* const kept = outputs + b * units;  // less the zero point
      std::int8_t* const to = y + row * rows.y;
      if (row == 0 || shape.batch > 1) {
        for (std::int32_t u = 0; u < units; ++u) to[u] = static_cast<std::int8_t>(kept[u] + m.zero);
        all.step(to, second, cells + b * units, to);
      } else {
        all.step(to - rows.y, second, cells + b * units, to);
      }
      if (row == count - 1 || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) kept[u] = static_cast<std::int8_t>(to[u] - m.zero);
    }
  }

 private:
  using Layout = Int8LstmLayout;
  static constexpr std::int32_t gate_bytes(const auto& shape) { return 2 * Layout::gates * 4 * Layout::fours(shape.units); }

  Int8LstmRun(const Lstm& of, std::byte* scratch)
      : m{of},
        padded{4 * Layout::fours(of.shape.units)},
        gates{reinterpret_cast<std::int16_t*>(scratch)},
        wide_x{reinterpret_cast<std::int32_t*>(scratch + 2 * gate_bytes(of.shape))},
        wide_h{wide_x + 4 * Layout::fours(of.shape.inputs)} {}

  void two_inputs(const std::int8_t* x, const std::int8_t* next) const {
    Int8Widen::two(x, next, m.shape.inputs, wide_x);
    const std::int32_t fours = Layout::fours(m.shape.inputs);
    Int8LstmSums::two(m.laid_out + Layout::weights_at,
                      vector(false, gates, wide_x, wide_x + 4 * fours, Int8LstmSums::two_bytes * (-fours & 3)));
  }
  void one_input(const std::int8_t* x) const {
    for (std::int32_t i = 0; i < Layout::gates * padded; ++i) gates[i] = 0;
    add(false, x, m.shape.inputs, wide_x, gates);
  }
  void step(const std::int8_t* h, bool second, std::int16_t* c, std::int8_t* y) const {
    std::int16_t* const mine = gates + (second ? Layout::gates * padded : 0);
    add(true, h, m.shape.units, wide_h, mine);
    const auto* const curve = reinterpret_cast<const std::int32_t*>(m.laid_out + Layout::curve_at) + Layout::curve_words / 2;
    auto* const pairs = reinterpret_cast<std::uint32_t*>(mine);
    Int8LstmCurve<9>{curve}.over(pairs, pairs + 3 * padded / 2);
    Int8LstmCurve<8>{curve}.over(pairs + 3 * padded / 2, pairs + 2 * padded);
    const std::int32_t to_cell = 29 - (m.cell_bits < 20 ? m.cell_bits : 20);
    Int8LstmUnits::cells(mine, mine + padded, mine + 3 * padded, m.shape.units, to_cell, m.clip, c);
    Int8LstmUnits::outputs(m, curve, mine + 2 * padded, c, y);
  }

  void add(bool recurrent, const std::int8_t* x, std::int32_t count, std::int32_t* wide, std::int16_t* to) const {
    const std::int32_t* const end = widen(x, count, wide);
    Int8LstmSums::add(m.laid_out + (recurrent ? Layout::recurrent_at(m.shape) : Layout::weights_at),
                      vector(recurrent, to, wide, end, Int8LstmSums::add_bytes * (-Layout::fours(count) & 3)));
  }
  Int8LstmVector vector(bool recurrent, std::int16_t* to, const std::int32_t* x, const std::int32_t* end,
                        std::int32_t entry) const {
    std::int16_t* const y_end = to + Layout::gates * padded;
    const auto* const scale = reinterpret_cast<const Int8LstmScale*>(m.laid_out) + (recurrent ? Layout::gates : 0);
    return {x, entry, end, to, y_end, to + padded, 2 * padded, y_end, scale};
  }
  static std::int32_t* widen(const std::int8_t* x, std::int32_t count, std::int32_t* to) {
    for (const std::int8_t* const end = x + (count & ~3); x != end; x += 4) {
      const std::uint32_t word = word_at(x);
      *to++ = even_codes(word);
      *to++ = odd_codes(word);
    }
    if ((count & 3) != 0) {
      const std::uint32_t word = word_of(x, count & 3);
      *to++ = even_codes(word);
      *to++ = odd_codes(word);
    }
    return to;
  }

  const Lstm& m;
  std::int32_t padded;
  std::int16_t* gates;
  std::int32_t* wide_x;
  std::int32_t* wide_h;
};

}  // namespace target

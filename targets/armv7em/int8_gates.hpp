// Gates of a recurrent layer that is laid out (int8_gate_layout.hpp), four blocks of 16 bits for each of two steps: W·x of both
// at a time, whose weights are read once for both, then what is of h, step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_gate_sums.hpp"
#include "int8_widen.hpp"

namespace target {

template <class Layout>
class Int8Gates {
 public:
  static constexpr std::int32_t blocks = 4;
  // Bytes: the blocks, two widened rows of x, and h.
  static constexpr std::int32_t scratch(const auto& shape) {
    return 2 * blocks * 8 * Layout::fours(shape.units) + 16 * Layout::fours(shape.inputs) + 8 * Layout::fours(shape.units);
  }

  Int8Gates(const std::int8_t* laid_out, const auto& shape, std::byte* scratch)
      : padded{4 * Layout::fours(shape.units)},
        all{laid_out},
        recurrent{laid_out + Layout::recurrent_at(shape)},
        gate_bytes{Layout::gate_bytes(shape.units, shape.units)},
        inputs{shape.inputs},
        units{shape.units},
        block{reinterpret_cast<std::int16_t*>(scratch)},
        wide_x{reinterpret_cast<std::int32_t*>(block + 2 * blocks * padded)},
        wide_h{wide_x + 4 * Layout::fours(inputs)} {}

  // Of the first or of the second step.
  std::int16_t* of(bool second) const { return second ? block + blocks * padded : block; }

  // The gates of W, in the first blocks.
  void two(const std::int8_t* x, const std::int8_t* next) const {
    Int8Widen::two(x, next, inputs, wide_x);
    const std::int32_t fours = Layout::fours(inputs);
    Int8GateVector vector = sums(of(false), Layout::gates, wide_x, wide_x + 4 * fours, Int8GateSums::two_bytes * (-fours & 3));
    vector.y_next = of(true);
    Int8GateSums::two(all + Layout::weights_at, vector);
  }
  void one(const std::int8_t* x) const {
    for (std::int32_t i = 0; i < Layout::gates * padded; ++i) block[i] = 0;
    add(x, inputs, wide_x, all + Layout::weights_at, 0, Layout::gates, block);
  }
  // `count` gates of R from `first` on are added to y.
  void add(const std::int8_t* h, std::int32_t first, std::int32_t count, std::int16_t* y) const {
    add(h, units, wide_h, recurrent + first * gate_bytes, Layout::gates + first, count, y);
  }

  const std::int32_t* curve() const {
    return reinterpret_cast<const std::int32_t*>(all + Layout::curve_at) + Layout::curve_words / 2;
  }

  const std::int32_t padded;  // units to fours

 private:
  void add(const std::int8_t* x, std::int32_t depth, std::int32_t* wide, const std::int8_t* weight, std::int32_t scale,
           std::int32_t count, std::int16_t* y) const {
    const std::int32_t* const end = Int8Widen::alone(x, depth, wide);
    Int8GateVector vector = sums(y, count, wide, end, Int8GateSums::add_bytes * (-Layout::fours(depth) & 3));
    vector.scale += scale;
    Int8GateSums::add(weight, vector);
  }
  Int8GateVector sums(std::int16_t* y, std::int32_t count, const std::int32_t* x, const std::int32_t* end,
                      std::int32_t entry) const {
    return {x, entry, end, y, y, y + padded, 2 * padded, y + count * padded, reinterpret_cast<const Int8GateScale*>(all)};
  }

  const std::int8_t *all, *recurrent;
  std::int32_t gate_bytes, inputs, units;
  std::int16_t* block;
  std::int32_t *wide_x, *wide_h;
};

}  // namespace target

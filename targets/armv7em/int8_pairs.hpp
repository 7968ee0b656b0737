// Rows of quantized layers as Cortex-M4 reads them: two rows in one word, byte by byte in turn, as halves of 16 bits that are
// 256·odd + even. SMLAD of a word as it is loaded sums 256·O + E modulo 2^32; SMLAD of its SXTB16, which are the even bytes, sums
// E. So one SXTB16 serves four products, where rows by themselves take two.
//
// Groups of four rows (of eight, if each call has one window and many products), one behind the other:
//
//   bias of the even rows [pairs]   weight [steps][pairs][2 codes][2 rows]   Int8PairOutlet [pairs]
//
// Four codes of a window, as SXTB16 widens them, take two steps: the codes 0 and 2, then 1 and 3. Runs of codes are padded to
// fours, and rows to groups, with weights of 0. Where each call has one window and all rows share one scale, the outlet stands
// once, at the end, and groups end with the biases of their odd rows.
#pragma once

#include <cstddef>
#include <cstdint>

#include "float32_output.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// How two rows become codes. The bias of the odd one enters here, since it would be 256-fold in the sums.
template <class Rounding>
struct Int8PairOutlet {
  std::int32_t twice_odd_bias;
  Int8OutletOf<Rounding> even;
  Int8OutletOf<Rounding> odd;
};

struct Int8Pairs {
  static constexpr std::int32_t up_to_four(std::int32_t count) { return (count + 3) & ~3; }
  template <class Rounding>
  static constexpr std::int32_t run(const nn::Int8RowsOf<Rounding>& m) { return m.run > 0 ? m.run : m.depth; }
  template <class Rounding>
  static constexpr bool one_outlet(const nn::Int8RowsOf<Rounding>& m) { return m.one_window && m.scale_step == 0; }
  // Of a row, padding included.
  template <class Rounding>
  static constexpr std::int32_t codes(const nn::Int8RowsOf<Rounding>& m) { return m.depth / run(m) * up_to_four(run(m)); }
  // Of a group. The kernel of four takes less code and is fast enough for a few products, and where eight would leave four empty.
  template <class Rounding>
  static constexpr std::int32_t rows(const nn::Int8RowsOf<Rounding>& m) {
    const std::int32_t fours = up_to_four(m.outputs) / 4;
    return m.one_window && (fours % 2 == 0 || fours > 6) && m.outputs * m.depth >= 1000 ? 8 : 4;
  }
  static constexpr std::int32_t group_bytes(std::int32_t rows, std::int32_t codes, std::size_t outlet) {
    return rows / 2 * (4 + 2 * codes + static_cast<std::int32_t>(outlet));
  }
  template <class Rounding>
  static constexpr std::int32_t group_bytes(const nn::Int8RowsOf<Rounding>& m) {
    return group_bytes(rows(m), codes(m), one_outlet(m) ? sizeof(std::int32_t) : sizeof(Int8PairOutlet<Rounding>));
  }
  template <class Rounding>
  static constexpr std::int32_t all_groups(const nn::Int8RowsOf<Rounding>& m) {
    return (m.outputs + rows(m) - 1) / rows(m) * group_bytes(m);
  }
  template <class Rounding>
  static constexpr std::int32_t bytes(const nn::Int8RowsOf<Rounding>& m) {
    return (all_groups(m) + (one_outlet(m) ? static_cast<std::int32_t>(sizeof(Int8OutletOf<Rounding>)) : 0) + 15) & ~15;
  }

  // Does every pair fit into 16 bits, and does 256·O into 32?
  template <class Rounding>
  static constexpr bool fits(const nn::Int8RowsOf<Rounding>& m) {
    if (!m.simple) return false;
    for (std::int32_t o = 0; o < (m.scale_step == 0 ? 1 : m.outputs); ++o)
      if (!Int8OutletOf<Rounding>::fits(m.scale[o])) return false;
    for (std::int32_t o = 1; o < m.outputs; o += 2) {
      const std::int8_t* const odd = m.weight + o * m.depth;
      if (!pair_fits(odd - m.depth, odd, m.depth)) return false;
    }
    return true;
  }
  static constexpr bool pair_fits(const std::int8_t* even, const std::int8_t* odd, std::int32_t depth) {
    std::int32_t sum = 0;
    for (std::int32_t i = 0; i < depth; ++i) {
      if (odd[i] == -128 && even[i] < 0) return false;
      sum += odd[i] < 0 ? -odd[i] : odd[i];
    }
    return sum < 1 << 16;
  }

  template <class Rounding>
  static constexpr void lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) {
    for (std::int32_t o = 0; o < m.outputs;) {
      const std::int32_t end = o + rows(m);
      for (std::int32_t r = o; r < end; r += 2) to = word(to, bias(m, r));
      for (std::int32_t first = 0; first < m.depth; first += run(m))
        for (std::int32_t i = 0; i < run(m); i += 4)
          for (std::int32_t code : {i, i + 1})
            for (std::int32_t r = o; r < end; r += 2)
              for (std::int32_t c : {code, code + 2}) to = both(to, weight(m, r, first, c), weight(m, r + 1, first, c));
      for (std::int32_t r = o; r < end; r += 2) {
        to = word(to, static_cast<std::int32_t>(2 * static_cast<std::uint32_t>(bias(m, r + 1))));
        if (!one_outlet(m)) to = outlet(m, r + 1, outlet(m, r, to));
      }
      o = end;
    }
    if (one_outlet(m)) outlet(m, 0, to);
  }

  static constexpr std::int8_t* word(std::int8_t* to, std::int32_t x) {
    for (int shift = 0; shift < 32; shift += 8) *to++ = static_cast<std::int8_t>(x >> shift);
    return to;
  }
  // A half: the weights of two rows for one code.
  static constexpr std::int8_t* both(std::int8_t* to, std::int32_t even, std::int32_t odd) {
    *to++ = static_cast<std::int8_t>(even);
    *to++ = static_cast<std::int8_t>((256 * odd + even) >> 8);
    return to;
  }

 private:
  template <class Rounding>
  static constexpr std::int32_t weight(const nn::Int8RowsOf<Rounding>& m, std::int32_t row, std::int32_t first,
                                       std::int32_t code) {
    return row < m.outputs && code < run(m) ? m.weight[row * m.depth + first + code] : 0;
  }
  template <class Rounding>
  static constexpr std::int32_t bias(const nn::Int8RowsOf<Rounding>& m, std::int32_t row) {
    return row < m.outputs ? m.bias[row] : 0;
  }
  template <class Rounding>
  static constexpr std::int8_t* outlet(const nn::Int8RowsOf<Rounding>& m, std::int32_t row, std::int8_t* to) {
    const auto made =
        row < m.outputs ? Int8OutletOf<Rounding>::of(m.scale[row * m.scale_step], m.range) : Int8OutletOf<Rounding>::none();
    made.words([&to](std::int32_t x) { to = word(to, x); });
    return to;
  }
};

}  // namespace target

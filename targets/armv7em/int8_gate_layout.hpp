// The gates of a recurrent layer as Cortex-M4 reads them: rows of W and R in pairs as int8_pairs.hpp has them, in groups of four,
// and the table of their functions with a slope beside each value, for positions of either sign.
//
//   scale [W, R][gate]   curve [512]   W [gate][groups]   R [gate][groups]
//
// The gates of an LSTM are i, f, o and g, in this order, so that those of one function are neighbours. Those of a GRU are n, z, r
// of W and z, r, n of R: sums of z and r are added up between the two parts of n. A group:
//
//   bias of the even rows [2]   weight [fours of codes][2 steps][2 pairs][2 codes][2 rows]   twice the bias of the odd rows [2]
//
// Codes are padded to fours and rows to groups, with weights of 0.
#pragma once

#include <cstdint>

#include "int8_pairs.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// From twice a sum to 16 bits: SMMLAR and a shift, as int8_outlet.hpp has it.
struct Int8GateScale {
  std::int32_t multiplier;
  std::int32_t half;
  std::int32_t by;
};

template <std::int32_t Gates>
struct Int8GateLayout {
  static constexpr std::int32_t gates = Gates, curve_words = 512;
  static constexpr std::int32_t curve_at = 2 * gates * static_cast<std::int32_t>(sizeof(Int8GateScale));
  static constexpr std::int32_t weights_at = curve_at + 4 * curve_words;

  static constexpr std::int32_t fours(std::int32_t count) { return (count + 3) / 4; }
  // Of a gate, with so many codes in a row.
  static constexpr std::int32_t gate_bytes(std::int32_t depth, std::int32_t units) {
    return fours(units) * (16 + 16 * fours(depth));
  }
  static constexpr std::int32_t recurrent_at(const auto& shape) {
    return weights_at + gates * gate_bytes(shape.inputs, shape.units);
  }
  static constexpr std::int32_t bytes(const auto& m) {
    return (recurrent_at(m.shape) + gates * gate_bytes(m.shape.units, m.shape.units) + 15) & ~15;
  }

  // The table rises from a half to 1, which is also what lies beyond it.
  static constexpr bool fits(const auto& m) {
    for (std::int32_t g = 0; g < gates; ++g)
      for (const Matrix& of : {matrix(m, g, false), matrix(m, g, true)})
        if (!of.gate_is_simple || of.scale.shift > -1 || of.scale.shift < -30 || !fits(of)) return false;
    for (std::int32_t i = 0; i < 255; ++i)
      if (m.table[i] < 0x8000 || m.table[i + 1] < m.table[i]) return false;
    return m.table[255] == 0xffff && m.output_scale.shift <= -2 && m.output_scale.shift >= -30;
  }

  static constexpr void lay_out(const auto& m, std::int8_t* to) {
    for (const bool recurrent : {false, true})
      for (std::int32_t g = 0; g < gates; ++g) {
        const nn::int8::Scale scale = matrix(m, g, recurrent).scale;
        to = Int8Pairs::word(to, scale.multiplier);
        to = Int8Pairs::word(to, std::int32_t{1} << (-scale.shift - 1));
        to = Int8Pairs::word(to, -scale.shift);
      }
    for (std::int32_t i = -curve_words / 2; i < curve_words / 2; ++i) to = Int8Pairs::word(to, curve(m.table, i));
    for (const bool recurrent : {false, true})
      for (std::int32_t g = 0; g < gates; ++g) to = lay_out(matrix(m, g, recurrent), to);
  }

  // Value less 2^15 in the upper half, slope in the lower. Below 0 the curve is 1 - curve(-i); the caller takes off 1 of its last
  // bit.
  static constexpr std::int32_t curve(const std::uint16_t* table, std::int32_t i) {
    const std::int32_t from = i < 0 ? -i - 1 : i, slope = from < 255 ? table[from + 1] - table[from] : 0;
    const std::int32_t value = i == -curve_words / 2 ? 1 : i < 0 ? 65536 - table[-i] : table[i];
    return (value - 32768) * 65536 + slope;
  }

 private:
  struct Matrix : nn::Int8Matrix {
    nn::int8::Scale scale;
    bool gate_is_simple;
  };
  static constexpr const auto& gate_of(const auto& m, std::int32_t g, bool recurrent) {
    if constexpr (gates == 4) return g == 0 ? m.gates.input : g == 1 ? m.gates.forget : g == 2 ? m.gates.output : m.gates.cell;
    else return (recurrent ? g + 1 : g) % 3 == 0 ? m.candidate : g == (recurrent ? 0 : 1) ? m.update : m.reset;
  }
  static constexpr Matrix matrix(const auto& m, std::int32_t g, bool recurrent) {
    const auto& gate = gate_of(m, g, recurrent);
    if (recurrent)
      return {{gate.weights.recurrent, gate.recurrent_bias, m.shape.units, m.shape.units}, gate.recurrent_scale, gate.simple};
    return {{gate.weights.weight, gate.weights.bias, m.shape.inputs, m.shape.units}, gate.scale, gate.simple};
  }
  static constexpr bool fits(const Matrix& m) {
    for (std::int32_t o = 1; o < m.outputs; o += 2)
      if (!Int8Pairs::pair_fits(m.weight + o * m.depth - m.depth, m.weight + o * m.depth, m.depth)) return false;
    return true;
  }
  static constexpr std::int8_t* lay_out(const Matrix& m, std::int8_t* to) {
    const auto weight = [&m](std::int32_t row, std::int32_t code) {
      return row < m.outputs && code < m.depth ? std::int32_t{m.weight[row * m.depth + code]} : 0;
    };
    const auto bias = [&m](std::int32_t row) { return row < m.outputs ? m.bias[row] : 0; };
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      for (std::int32_t r : {o, o + 2}) to = Int8Pairs::word(to, bias(r));
      for (std::int32_t i = 0; i < m.depth; i += 4)
        for (std::int32_t code : {i, i + 1})
          for (std::int32_t r : {o, o + 2})
            for (std::int32_t c : {code, code + 2}) to = Int8Pairs::both(to, weight(r, c), weight(r + 1, c));
      for (std::int32_t r : {o + 1, o + 3})
        to = Int8Pairs::word(to, static_cast<std::int32_t>(2 * static_cast<std::uint32_t>(bias(r))));
    }
    return to;
  }
};

using Int8LstmLayout = Int8GateLayout<4>;
using Int8GruLayout = Int8GateLayout<3>;

}  // namespace target

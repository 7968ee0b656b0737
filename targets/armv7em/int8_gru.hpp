// A GRU that is laid out, of one sequence: its gates (int8_gates.hpp), whose blocks are the candidate's part of x, z, r and the
// candidate's part of h, then the states, step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_gate_curve.hpp"
#include "int8_gates.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"

namespace target {

template <class Gru>
class Int8GruRun {
  using Gates = Int8Gates<Int8GruLayout>;

 public:
  // What the gates need, all s, and k, the code of what is left of s.
  static constexpr std::int32_t scratch(const auto& shape) { return Gates::scratch(shape) + 3 * shape.units; }

  [[gnu::noinline]] static void run(const Gru& m, nn::graph::Call call, std::int8_t* y, const std::int8_t* x) {
    const auto& shape = m.shape;
    const Int8GruRun all{m, call.scratch};
    const std::int32_t way = shape.reversed ? -1 : 1, to_x = way * shape.inputs, to_y = shape.last_only ? 0 : way * shape.units;
    if (shape.reversed) {
      x += (shape.steps - 1) * shape.inputs;
      if (!shape.last_only) y += (shape.steps - 1) * shape.units;
    }
    nn::graph::fill(all.s, shape.units, std::int16_t{0});
    for (std::int32_t done = 0; done < shape.steps; ++done) {
      const bool second = done % 2 != 0;
      const std::int8_t* const from = x + done * to_x;
      if (!second) done + 1 < shape.steps ? all.gates.two(from, from + to_x) : all.gates.one(from);
      std::int8_t* const to = y + done * to_y;
      if (done == 0) nn::graph::fill(to, shape.units, static_cast<std::int8_t>(m.zero));
      all.step(done == 0 ? to : to - to_y, all.gates.of(second), to);
    }
  }

 private:
  Int8GruRun(const Gru& of, std::byte* scratch)
      : m{of},
        gates{of.laid_out, of.shape, scratch},
        s{nn::graph::begin_numbers<std::int16_t>(scratch + Gates::scratch(of.shape), static_cast<std::size_t>(of.shape.units))},
        k{nn::graph::begin_numbers<std::int8_t>(scratch + Gates::scratch(of.shape) + 2 * of.shape.units,
                                                static_cast<std::size_t>(of.shape.units))} {}

  void step(const std::int8_t* h, std::int16_t* n, std::int8_t* y) const {
    std::int16_t *const z = n + gates.padded, *const r = z + gates.padded, *const of_h = r + gates.padded;
    auto* const pairs = reinterpret_cast<std::uint32_t*>(z);
    Int8GateCurve<9> logistic{gates.curve()};
    Int8GateCurve<8> tanh{gates.curve()};
    if (m.resets_before) {
      gates.add(h, 0, 2, z);
      logistic.over(pairs, pairs + gates.padded);
      reset(r);
      gates.add(k, 2, 1, n);
    } else {
      nn::graph::fill(of_h, gates.padded, std::int16_t{0});
      gates.add(h, 0, 3, z);
      logistic.over(pairs, pairs + gates.padded);
      add_reset(r, of_h, n);
    }
    tanh.over(reinterpret_cast<std::uint32_t*>(n), reinterpret_cast<std::uint32_t*>(z));
    mix(z, n, y);
  }

  // n += r·of_h, which is in 1/2048.
  [[gnu::noinline]] void add_reset(const std::int16_t* r, const std::int16_t* of_h, std::int16_t* n) const {
    for (std::int16_t* const end = n + m.shape.units; n != end; ++n)
      *n = static_cast<std::int16_t>(saturated<16>(*n + ((*r++ * *of_h++ + (1 << 13)) >> 14)));
  }
  // k = the code of r·s
  [[gnu::noinline]] void reset(const std::int16_t* r) const {
    const Code code{m.output_scale, m.zero};
    for (std::int32_t u = 0; u < m.shape.units; ++u) k[u] = code(r[u] * s[u]);
  }
  // s = (1 - z)·n + z·s, and y its code
  [[gnu::noinline]] void mix(const std::int16_t* z, const std::int16_t* n, std::int8_t* y) const {
    const Code code{m.output_scale, m.zero};
    std::int16_t* state = s;
    for (const std::int16_t* const end = z + m.shape.units; z != end;) {
      const std::int32_t part = *z++;
      const std::int32_t mixed = ((32768 - part) * *n++ + part * *state + (1 << 14)) >> 15;
      *state++ = static_cast<std::int16_t>(mixed);
      *y++ = code(mixed * 32768);
    }
  }

  struct Code {
    std::int32_t multiplier, by, half, zero;

    Code(nn::int8::Scale scale, std::int32_t middle)
        : multiplier{scale.multiplier}, by{-scale.shift}, half{1 << (by - 1)}, zero{middle} {}
    // Of a number in 2^-30.
    [[gnu::always_inline]] std::int8_t operator()(std::int32_t real) const {
      std::int32_t output = plus_sign(half, real);
      asm("smmlar %0, %1, %2, %0" : "+r"(output) : "r"(2 * real), "r"(multiplier));
      return static_cast<std::int8_t>(saturated<8>((output >> by) + zero));
    }
  };

  const Gru& m;
  Gates gates;
  std::int16_t* s;
  std::int8_t* k;
};

}  // namespace target

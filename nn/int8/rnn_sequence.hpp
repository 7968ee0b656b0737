// RnnSequence: Elman's recurrent layer over a sequence, on codes of 8 bits; it begins anew with each run.
//
//   h = the code of tanh(W·x + b + R·h), which is also y      the sum in 1/4096 and 16 bits (nn/int8/gate.hpp), tanh in 1/32768
//
// or of relu(W·x + b + R·h), the sum in 1/128 of a code and 16 bits, halves rounded up.
// Elman, Finding Structure in Time (1990).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/recurrence.hpp"
#include "nn/int8/gate.hpp"

namespace nn::int8 {

struct RnnSequence {
  static constexpr std::string_view kind = "RnnSequence";

  graph::Recurrence shape;
  Gate gate;
  bool rectified;              // relu, not tanh
  Scale output_scale;          // of tanh: from 2^-30 to codes of h, below 1/4
  std::int32_t zero;           // of h
  const std::uint16_t* table;  // of tanh: nn/int16/sigmoid.hpp

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(std::int8_t)); }
  // Those of GateInputs, the gate, and the next h.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const { return GateInputs<Kernels>::scratch(shape) + 3 * shape.units; }
  constexpr std::int64_t products() const { return shape.products(1); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gate", graph::Nested{[this](auto&& of) { gate.members(of, lstm_shape(shape)); }});
    list("rectified", rectified);
    list("output_scale", output_scale);
    list("zero", zero);
    list("table", graph::listed(table, rectified ? 0 : 256));
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    using Inputs = GateInputs<Kernels>;
    const std::int32_t units = shape.units;
    std::int16_t* const made =
        graph::begin_numbers<std::int16_t>(call.scratch + Inputs::scratch(shape), static_cast<std::size_t>(units));
    std::int8_t* const behind =
        graph::begin_numbers<std::int8_t>(call.scratch + Inputs::scratch(shape) + 2 * units, static_cast<std::size_t>(units));
    const GateFunctions function{table};
    const Scale to_code{output_scale.multiplier, output_scale.shift < -2 ? output_scale.shift : -2};
    shape.walk(
        y, x, nullptr, behind,
        [=, this](std::int32_t, std::int8_t* next, const std::int8_t* now, const std::int8_t* h) {
          const auto code = [middle = zero](std::int32_t real) {
            return static_cast<std::int8_t>(Kernels::template int8_within<8>(real + middle));
          };
          const Inputs inputs{shape, call.scratch, now, h};
          if (rectified) {
            inputs.apply(gate, made, [](std::int32_t sum) { return static_cast<std::int16_t>(sum < 0 ? 0 : sum); });
            for (std::int32_t u = 0; u < units; ++u) next[u] = code((made[u] + 64) >> 7);
          } else {
            inputs.apply(gate, made, [function](std::int32_t sum) { return function.tanh(sum); });
            for (std::int32_t u = 0; u < units; ++u) next[u] = code(Kernels::int8_scaled(made[u] * 32768, to_code));
          }
        },
        static_cast<std::int8_t>(zero));
  }
};

}  // namespace nn::int8

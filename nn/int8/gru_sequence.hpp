// GruSequence: gated recurrent units over a sequence, on codes of 8 bits, with a state s of 16 bits in 1/32768; it begins anew
// with each run. The gates are z, r and the candidate n.
//
//   z, r = logistic(W·x + b + R·h)                each part in 1/4096 and 16 bits, then added (nn/int8/gate.hpp)
//   n    = tanh(W·x + b + round(r·(R·h + c)))     R·h + c in 1/2048 and 16 bits, within ±16; the product in 1/4096
//   s    = round((1 - z)·n + z·s)                 z, r, n in 1/32768; halves rounded up, once
//   h    = the code of s, which is also y         (nn/int8/requantize.hpp)
//
// or, with the reset before the product, n = tanh(W·x + b + R·k), k the code of r·s. So a state that moves by less than a code of
// h still moves. TensorFlow Lite has no such operator; this is its rule for LSTM, where that applies.
// Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/recurrence.hpp"
#include "nn/int8/gate.hpp"

namespace nn::int8 {

struct GruSequence {
  static constexpr std::string_view kind = "GruSequence";

  graph::Recurrence shape;
  Gate update;
  Gate reset;
  Gate candidate;           // its recurrent scale is to 1/2048, unless the reset stands before
  bool resets_before;       // the product with h, not behind it
  Scale output_scale;       // from 2^-30 to codes of h, below 1/4
  std::int32_t zero;        // of h
  const std::uint16_t* table;  // nn/int16/sigmoid.hpp
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(std::int8_t)); }
  // Those of GateInputs, three gates, all s, the next h and k.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const {
    if constexpr (requires { Kernels::int8_gru_scratch(*this); }) return Kernels::int8_gru_scratch(*this);
    return gates_at<Kernels>() + 6 * shape.units + 2 * shape.states() + 2 * shape.units;
  }
  constexpr std::int64_t products() const { return shape.products(3); }
  constexpr void members(auto&& list) const {
    const auto gate = [&](const char* name, const Gate& of) {
      list(name, graph::Nested{[&](auto&& each) { of.members(each, lstm_shape(shape)); }});
    };
    list("shape", shape);
    gate("update", update);
    gate("reset", reset);
    gate("candidate", candidate);
    list("resets_before", resets_before);
    list("output_scale", output_scale);
    list("zero", zero);
    list("table", graph::listed(table, 256));
  }

  // What the core lays out, and what it needs no more.
  constexpr const GruSequence& matrix() const { return *this; }
  constexpr std::int32_t one_of_each_constant() const {
    std::int32_t sum = table[0];
    for (const Gate* of : {&update, &reset, &candidate}) sum += of->one_of_each_constant();
    return sum;
  }
  constexpr void forget_constants() {
    for (Gate* of : {&update, &reset, &candidate}) of->forget_constants();
    table = nullptr;
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    if constexpr (requires { Kernels::int8_gru(*this, call, y, x); }) return Kernels::int8_gru(*this, call, y, x);
    const std::int32_t units = shape.units;
    std::byte* const behind = call.scratch + gates_at<Kernels>() + 6 * units;
    std::int16_t* const states = graph::begin_numbers<std::int16_t>(behind, static_cast<std::size_t>(shape.states()));
    std::int8_t* const made = graph::begin_numbers<std::int8_t>(behind + 2 * shape.states(), static_cast<std::size_t>(2 * units));
    graph::fill(states, shape.states(), std::int16_t{0});
    shape.walk(y, x, nullptr, made, [=, this](std::int32_t b, std::int8_t* next, const std::int8_t* now, const std::int8_t* h) {
      step<Kernels>(call.scratch, now, h, states + b * units, next, made + units);
    }, static_cast<std::int8_t>(zero));
  }

 private:
  template <class Kernels>
  constexpr std::int32_t gates_at() const { return GateInputs<Kernels>::scratch(shape); }

  // h into `next`, and the next s; k is what is left of s.
  template <class Kernels>
  void step(std::byte* scratch, const std::int8_t* x, const std::int8_t* h, std::int16_t* s, std::int8_t* next,
            std::int8_t* k) const {
    const std::int32_t units = shape.units;
    std::int16_t* const z =
        graph::begin_numbers<std::int16_t>(scratch + gates_at<Kernels>(), static_cast<std::size_t>(3 * units));
    std::int16_t *const r = z + units, *const n = r + units;
    GateInputs<Kernels> inputs{shape, scratch, x, h};
    const GateFunctions function{table};
    const Scale to_code{output_scale.multiplier, output_scale.shift < -2 ? output_scale.shift : -2};
    const auto code = [to_code, middle = zero](std::int32_t real) {  // in 2^-30
      return static_cast<std::int8_t>(Kernels::template int8_within<8>(Kernels::int8_scaled(real, to_code) + middle));
    };
    inputs.apply(update, z, [function](std::int32_t sum) { return function.logistic(sum); });
    inputs.apply(reset, r, [function](std::int32_t sum) { return function.logistic(sum); });
    if (resets_before) {
      for (std::int32_t u = 0; u < units; ++u) k[u] = code(r[u] * s[u]);
      inputs.read(k);
      inputs.apply(candidate, n, [function](std::int32_t sum) { return function.tanh(sum); });
    } else {
      inputs.apply_apart(candidate, n, [function, r](std::int32_t u, std::int32_t from_x, std::int32_t from_h) {
        return function.tanh(Kernels::template int8_within<16>(from_x + ((r[u] * from_h + (1 << 13)) >> 14)));
      });
    }
    for (std::int32_t u = 0; u < units; ++u) {
      s[u] = static_cast<std::int16_t>(((32768 - z[u]) * n[u] + z[u] * s[u] + (1 << 14)) >> 15);
      next[u] = code(s[u] * 32768);
    }
  }
};

}  // namespace nn::int8

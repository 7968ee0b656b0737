// Recurrent layers on int8 that begin anew with each run, which no file format has: as tools/quantize/README.md says what they
// compute, from scales and zero points, number by number.
#pragma once

#include <cstddef>
#include <vector>

#include "arithmetic.hpp"

namespace reference {

struct Sequence {
  enum Kind { rnn_tanh, rnn_relu, gru_behind, gru_before, lstm } kind;
  int steps, batch, inputs, units;
  bool reversed, last_only;
  float x_scale, h_scale;
  Integer x_zero, h_zero;
  int cell_bits;  // of lstm
  // Gate by gate: of a GRU z, r, n, and behind the biases those of R·h of n; of an LSTM i, o, f, g.
  std::vector<float> weight_scale, recurrent_scale;
  std::vector<Integer> weight, recurrent, bias;
  std::vector<Integer> x;  // [steps][batch][inputs]

  int gates() const { return kind == lstm ? 4 : kind == gru_behind || kind == gru_before ? 3 : 1; }
};

// [steps or 1][batch][units]. Throws Undefined where the definition ends.
std::vector<Integer> outputs(const Sequence& of);

}  // namespace reference

// Lstm<Hidden, Options…>: long short-term memory.
//   Lstm<32>      Lstm<32, LastStep, Orthogonal, UnitForgetBias>      options: nn/layer/recurrent_options.hpp
//
//   i = sigmoid(W_i·x[t] + U_i·h[t-1] + b_i)   input gate          f = sigmoid(W_f·x[t] + U_f·h[t-1] + b_f)   forget gate
//   g = tanh(W_g·x[t] + U_g·h[t-1] + b_g)      candidate           o = sigmoid(W_o·x[t] + U_o·h[t-1] + b_o)   output gate
//   c[t] = f ∘ c[t-1] + i ∘ g                  cell state, in a format of its own (Format::cell)
//   h[t] = o ∘ tanh(c[t])
//
//   W  [4H][F]   weight       U  [4H][H]   recurrent       b  [4H]  bias
//
// The gates lie one behind the other as i, f, g, o. The same parameters elsewhere:
//   PyTorch          i, f, g, o   weight_ih [4H][F], weight_hh [4H][H]; b is the sum of bias_ih and bias_hh
//   Keras            i, f, c, o   kernel Wᵀ [F][4H], recurrent kernel Uᵀ [H][4H]; bias [4H]
//   ONNX             i, o, f, c   W [1][4H][F], R [1][4H][H]; B [1][8H]: four of W, then four of R, whose sums are b
//   TensorFlow Lite  a tensor each for input, forget, cell and output gate, in this order; their biases are b
//
// Backward, with dh = ∂L/∂h[t], dc = ∂L/∂c[t] and di, df, dg, do those of the sums under the gates:
//   do = dh·tanh(c[t])·o·(1 - o)    dc += dh·o·(1 - tanh²(c[t]))    di = dc·g·i·(1 - i)    df = dc·c[t-1]·f·(1 - f)
//   dg = dc·i·(1 - g²)              ∂L/∂c[t-1] = dc·f               ∂L/∂h[t-1] = Uᵀ·(di, df, dg, do)
// Hochreiter and Schmidhuber, Long short-term memory (1997); Gers et al., Learning to forget (2000).
#pragma once

#include "nn/layer/recurrent.hpp"
#include "nn/number/functions.hpp"

namespace nn {

template <class Arithmetic, std::size_t Features, std::size_t Hidden>
struct LstmCell {
  using Policy = Arithmetic;
  using Numbers = RecurrentNumbers<Arithmetic>;
  using Wide = typename Numbers::Sum;
  using Gate = typename Numbers::Gate;
  using Activation = typename Arithmetic::Activation;
  using Gradient = typename Arithmetic::Gradient;
  using Cell = typename Arithmetic::Cell;
  static constexpr std::size_t features = Features;
  static constexpr std::size_t hidden = Hidden;
  static constexpr std::size_t gate_count = 4;
  static constexpr std::size_t InputRow = 0;
  static constexpr std::size_t ForgetRow = Hidden;
  static constexpr std::size_t CandidateRow = 2 * Hidden;
  static constexpr std::size_t OutputRow = 3 * Hidden;
  static constexpr std::size_t recurrent_rows = 4 * Hidden;
  static constexpr std::size_t kept_rows = 4 * Hidden;
  static constexpr std::size_t scratch = 4 * Hidden * sizeof(Wide);
  static constexpr std::size_t training_scratch = 2 * Hidden * sizeof(Gradient);

  struct Parameters {
    Matrix<typename Arithmetic::Weight, 4 * Hidden, Features> weight;
    Matrix<typename Arithmetic::Weight, 4 * Hidden, Hidden> recurrent;
    std::array<typename Arithmetic::Accumulator, 4 * Hidden> bias;
  };
  struct State {
    std::array<Activation, Hidden> h{};
    std::array<Cell, Hidden> c{};
  };
  struct StateGradient {
    std::array<Gradient, Hidden> h{};
    std::array<Gradient, Hidden> c{};
  };
  template <std::size_t Steps>
  struct Own {
    Matrix<Cell, Steps, Hidden> cells{};  // c before each step
  };
  static constexpr void keep_state(auto& trace, std::size_t t) { trace.own.cells[t] = trace.state.c; }
  static constexpr std::size_t recurrent_row(std::size_t o) { return o; }

  template <class Kernels>
  static constexpr void step(const Parameters& p, std::span<const typename Arithmetic::Input, Features> x, State& state,
                             auto keep) {
    std::array<Wide, 4 * Hidden> sums;
    Kernels::affine(p.weight, p.bias, x, [&](std::size_t k, auto sum) { sums[k] = nearest<Wide>(sum); });
    Kernels::affine(p.recurrent, sums, std::span<const Activation, Hidden>{state.h},
                    [&](std::size_t k, auto sum) { sums[k] = nearest<Wide>(sum); });
    for (std::size_t u = 0; u < Hidden; ++u) {
      const Gate i = sigmoid<Gate>(sums[InputRow + u]);
      const Gate f = sigmoid<Gate>(sums[ForgetRow + u]);
      const Gate g = tanh<Gate>(sums[CandidateRow + u]);
      const Gate o = sigmoid<Gate>(sums[OutputRow + u]);
      keep(InputRow + u, i);
      keep(ForgetRow + u, f);
      keep(CandidateRow + u, g);
      keep(OutputRow + u, o);
      state.c[u] = Arithmetic::cell(Numbers::template mixed<Cell>(f, state.c[u], i, g));
      state.h[u] = Arithmetic::activation(o * tanh<Gate>(state.c[u]));
    }
  }

  template <class Kernels>
  static constexpr void step_back(const Parameters& p, auto& trace, std::size_t t, std::size_t next, const auto&,
                                  StateGradient& d, auto& gates) {
    const auto slope = [](auto x) { return Numbers::slope(x); };
    constexpr std::size_t steps = std::remove_reference_t<decltype(trace.before)>{}.size();
    const auto& after = next < steps ? trace.own.cells[next] : trace.state.c;
    for (std::size_t u = 0; u < Hidden; ++u) {
      const auto gate = [&](std::size_t row) { return kept_as<Gate>(trace.kept[row + u][t]); };
      const Gate i = gate(InputRow), f = gate(ForgetRow), g = gate(CandidateRow), o = gate(OutputRow);
      const Gate squashed = tanh<Gate>(after[u]);
      const Gradient dc = Arithmetic::gradient(slope(slope(d.h[u] * o) * Numbers::tanh_slope(squashed)) + d.c[u]);
      gates[OutputRow + u] = Arithmetic::gradient(slope(d.h[u] * Numbers::sigmoid_slope(o)) * squashed);
      gates[InputRow + u] = Arithmetic::gradient(slope(dc * Numbers::sigmoid_slope(i)) * g);
      gates[ForgetRow + u] = Arithmetic::gradient(slope(dc * Numbers::sigmoid_slope(f)) * trace.own.cells[t][u]);
      gates[CandidateRow + u] = Arithmetic::gradient(slope(dc * i) * Numbers::tanh_slope(g));
      d.c[u] = Arithmetic::gradient(dc * f);
      for (const std::size_t row : {InputRow, ForgetRow, CandidateRow, OutputRow}) trace.kept[row + u][t] = gates[row + u];
    }
    Kernels::transposed_product(p.recurrent, std::span<const Gradient, 4 * Hidden>{gates},
                                [&](std::size_t u, auto sum) { d.h[u] = Arithmetic::gradient(sum); });
  }
};

template <std::size_t Hidden, RecurrentOptions Chosen>
struct LstmOf {
  template <class Arithmetic, std::size_t Features>
  using Cell = LstmCell<Arithmetic, Features, Hidden>;
  using type = Recurrent<Cell, Hidden, Chosen>;
};

template <std::size_t Hidden, class... Options>
struct Lstm : LstmOf<Hidden, recurrent_options<Options...>>::type {
  static_assert(Hidden > 0, "nn::Lstm<Hidden>: a layer needs at least one hidden unit");
  static_assert(!recurrent_options<Options...>.relu, "nn::Lstm: its candidate is a tanh, Relu is an option of nn::Rnn");
  static_assert(!recurrent_options<Options...>.reset_before,
                "nn::Lstm: it has no reset gate, ResetBefore is an option of nn::Gru");
  static constexpr std::string_view name = "Lstm";
};

}  // namespace nn

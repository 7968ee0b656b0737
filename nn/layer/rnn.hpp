// Rnn<Hidden, Options…>: Elman's recurrent layer, h[t] = tanh(W·x[t] + U·h[t-1] + b), or relu of that.
//   Rnn<16>      Rnn<16, Relu, LastStep>      options: nn/layer/recurrent_options.hpp
//
//   W  [H][F]    weight       U  [H][H]    recurrent       b  [H]    bias
//
// PyTorch and ONNX have two biases, whose sum is b, and ONNX joins them in one tensor [2H]; Keras' kernel is Wᵀ, its recurrent
// kernel Uᵀ.
//
// Backward, with dh = ∂L/∂h[t]:   d = dh·f′    ∂L/∂h[t-1] = Uᵀ·d    ∂L/∂x[t] = Wᵀ·d    ∂L/∂W = Σ d·x[t]ᵀ    ∂L/∂U = Σ d·h[t-1]ᵀ
// Elman, Finding structure in time (1990).
#pragma once

#include "nn/layer/recurrent.hpp"
#include "nn/number/functions.hpp"

namespace nn {

template <class Arithmetic, std::size_t Features, std::size_t Hidden, bool Rectified>
struct RnnCell {
  using Policy = Arithmetic;
  using Numbers = RecurrentNumbers<Arithmetic>;
  using Wide = typename Numbers::Sum;
  using Activation = typename Arithmetic::Activation;
  using Gradient = typename Arithmetic::Gradient;
  static constexpr std::size_t features = Features;
  static constexpr std::size_t hidden = Hidden;
  static constexpr std::size_t gate_count = 1;
  static constexpr std::size_t recurrent_rows = Hidden;
  static constexpr std::size_t kept_rows = Hidden;
  static constexpr std::size_t scratch = Hidden * sizeof(Wide);
  static constexpr std::size_t training_scratch = Hidden * sizeof(Gradient);

  struct Parameters {
    Matrix<typename Arithmetic::Weight, Hidden, Features> weight;
    Matrix<typename Arithmetic::Weight, Hidden, Hidden> recurrent;
    std::array<typename Arithmetic::Accumulator, Hidden> bias;
  };
  struct State {
    std::array<Activation, Hidden> h{};
  };
  struct StateGradient {
    std::array<Gradient, Hidden> h{};
  };
  template <std::size_t Steps>
  struct Own {};
  static constexpr void keep_state(auto&, std::size_t) {}
  static constexpr std::size_t recurrent_row(std::size_t o) { return o; }

  template <class Kernels>
  static constexpr void step(const Parameters& p, std::span<const typename Arithmetic::Input, Features> x, State& state, auto) {
    std::array<Wide, Hidden> sums;
    Kernels::affine(p.weight, p.bias, x, [&](std::size_t o, auto sum) { sums[o] = nearest<Wide>(sum); });
    Kernels::affine(p.recurrent, sums, std::span<const Activation, Hidden>{state.h},
                    [&](std::size_t o, auto sum) { sums[o] = nearest<Wide>(sum); });
    for (std::size_t i = 0; i < Hidden; ++i) {
      if constexpr (Rectified) state.h[i] = Arithmetic::activation(sums[i] > Wide{} ? sums[i] : Wide{});
      else state.h[i] = Arithmetic::activation(tanh<Activation>(sums[i]));
    }
  }

  template <class Kernels>
  static constexpr void step_back(const Parameters& p, auto& trace, std::size_t t, std::size_t, const auto& h, StateGradient& d,
                                  auto& gates_d) {
    for (std::size_t i = 0; i < Hidden; ++i) {
      if constexpr (Rectified) gates_d[i] = h[i] > Activation{} ? d.h[i] : Gradient{};
      else gates_d[i] = Arithmetic::gradient(d.h[i] * Arithmetic::slope(Arithmetic::one - Arithmetic::slope(h[i] * h[i])));
      trace.kept[i][t] = gates_d[i];
    }
    Kernels::transposed_product(p.recurrent, std::span<const Gradient, Hidden>{gates_d},
                                [&](std::size_t i, auto sum) { d.h[i] = Arithmetic::gradient(sum); });
  }
};

template <std::size_t Hidden, RecurrentOptions Chosen>
struct RnnOf {
  template <class Arithmetic, std::size_t Features>
  using Cell = RnnCell<Arithmetic, Features, Hidden, Chosen.relu>;
  using type = Recurrent<Cell, Hidden, Chosen>;
};

template <std::size_t Hidden, class... Options>
struct Rnn : RnnOf<Hidden, recurrent_options<Options...>>::type {
  static_assert(Hidden > 0, "nn::Rnn<Hidden>: a layer needs at least one hidden unit");
  static_assert(!recurrent_options<Options...>.reset_before,
                "nn::Rnn: it has no reset gate, ResetBefore is an option of nn::Gru");
  static_assert(!recurrent_options<Options...>.unit_forget_bias,
                "nn::Rnn: it has no forget gate, UnitForgetBias is an option of nn::Lstm");
  static constexpr std::string_view name = "Rnn";
};

}  // namespace nn

// Gru<Hidden, Options…>: a gated recurrent unit.
//   Gru<32>      Gru<32, LastStep, Orthogonal>      Gru<32, ResetBefore>      options: nn/layer/recurrent_options.hpp
//
//   r = sigmoid(W_r·x[t] + U_r·h[t-1] + b_r)                          reset gate
//   z = sigmoid(W_z·x[t] + U_z·h[t-1] + b_z)                          update gate
//   n = tanh(W_n·x[t] + b_n + r ∘ (U_n·h[t-1] + c))                   candidate; with ResetBefore
//       tanh(W_n·x[t] + b_n + U_n·(r ∘ h[t-1]))
//   h[t] = (1 - z) ∘ n + z ∘ h[t-1]
//
//   W  [3H][F]   weight       U  [3H][H]   recurrent       b  [3H]  bias       c  [H]  recurrent_bias
//   with ResetBefore          U  [2H][H]   recurrent, of r and z       [H][H]  candidate, U_n       and no c
//
// The gates lie one behind the other as r, z, n. The same parameters elsewhere:
//   PyTorch   r, z, n    weight_ih [3H][F], weight_hh [3H][H]; bias_ih and bias_hh [3H]: b_r and b_z are their sums, b_n and c
//                        are apart
//   Keras     z, r, h    kernel Wᵀ [F][3H], recurrent kernel Uᵀ [H][3H]; bias [2][3H] (reset_after, the default) or [3H]
//                        (ResetBefore)
//   ONNX      z, r, h    W [1][3H][F], R [1][3H][H], B [1][6H]: three of W, then three of R; ResetBefore unless
//                        linear_before_reset is 1
//
// Backward, with dh = ∂L/∂h[t] and dn, dz, dr those of the sums under the gates:
//   dn = dh·(1 - z)·(1 - n²)    dz = dh·(h[t-1] - n)·z·(1 - z)    dr = dn·(U_n·h[t-1] + c)·r·(1 - r)    dq = dn·r, of U_n and c
//   ∂L/∂h[t-1] = dh·z + U_rᵀ·dr + U_zᵀ·dz + U_nᵀ·dq
//   with ResetBefore  e = U_nᵀ·dn,  dr = e·h[t-1]·r·(1 - r),  and e·r in place of U_nᵀ·dq
// Cho et al., Learning phrase representations using RNN encoder-decoder (2014), section 2.3.
#pragma once

#include "nn/layer/recurrent.hpp"
#include "nn/number/functions.hpp"

namespace nn {

// What both forms share.
template <class Arithmetic, std::size_t Features, std::size_t Hidden>
struct GruGates {
  using Policy = Arithmetic;
  using Numbers = RecurrentNumbers<Arithmetic>;
  using Wide = typename Numbers::Sum;
  using Gate = typename Numbers::Gate;
  using Activation = typename Arithmetic::Activation;
  using Gradient = typename Arithmetic::Gradient;
  static constexpr std::size_t features = Features;
  static constexpr std::size_t hidden = Hidden;
  static constexpr std::size_t gate_count = 3;
  static constexpr std::size_t ResetRow = 0;
  static constexpr std::size_t UpdateRow = Hidden;
  static constexpr std::size_t CandidateRow = 2 * Hidden;  // of the candidate
  static constexpr std::size_t scratch = 4 * Hidden * sizeof(Wide);

  struct State {
    std::array<Activation, Hidden> h{};
  };
  struct StateGradient {
    std::array<Gradient, Hidden> h{};
  };
  static constexpr void keep_state(auto&, std::size_t) {}

 protected:
  static constexpr Activation mixed(Gate z, Gate n, Activation h) {
    return Arithmetic::activation(Numbers::template mixed<Activation>(Numbers::rest(z), n, z, h));
  }

  // Of the candidate and of z; dh becomes its share in h[t-1].
  static constexpr void back_from_mix(Gate z, Gate n, Activation h, Gradient& dh, Gradient& dn, Gradient& dz) {
    const auto slope = [](auto x) { return Numbers::slope(x); };
    dn = Arithmetic::gradient(slope(dh * Numbers::rest(z)) * Numbers::tanh_slope(n));
    dz = Arithmetic::gradient(slope(dh * Numbers::sigmoid_slope(z)) * slope(h - n));
    dh = Arithmetic::gradient(dh * z);
  }
};

// The reset gate acts after the product.
template <class Arithmetic, std::size_t Features, std::size_t Hidden, bool ResetBefore>
struct GruCell : GruGates<Arithmetic, Features, Hidden> {
  using Base = GruGates<Arithmetic, Features, Hidden>;
  using typename Base::Policy, typename Base::Numbers, typename Base::Wide, typename Base::Gate, typename Base::Activation,
      typename Base::Gradient;
  using typename Base::State, typename Base::StateGradient;
  using Base::ResetRow, Base::UpdateRow, Base::CandidateRow;
  static constexpr std::size_t recurrent_rows = 3 * Hidden;
  static constexpr std::size_t kept_rows = 4 * Hidden;  // r, z, n and q = U_n·h + c
  static constexpr std::size_t training_scratch = 3 * Hidden * sizeof(Gradient);

  struct Parameters {
    Matrix<typename Arithmetic::Weight, 3 * Hidden, Features> weight;
    Matrix<typename Arithmetic::Weight, 3 * Hidden, Hidden> recurrent;
    std::array<typename Arithmetic::Accumulator, 3 * Hidden> bias;
    std::array<Wide, Hidden> recurrent_bias;
  };
  template <std::size_t Steps>
  struct Own {};
  static constexpr std::size_t recurrent_row(std::size_t o) { return o < CandidateRow ? o : o + Hidden; }

  template <class Kernels>
  static constexpr void step(const Parameters& p, std::span<const typename Arithmetic::Input, Features> x, State& state,
                             auto keep) {
    std::array<Wide, 3 * Hidden> sums;
    std::array<Wide, Hidden> candidate;
    Kernels::affine(p.weight, p.bias, x, [&](std::size_t o, auto sum) {
      (o < CandidateRow ? sums[o] : candidate[o - CandidateRow]) = nearest<Wide>(sum);
    });
    for (std::size_t i = 0; i < Hidden; ++i) sums[CandidateRow + i] = p.recurrent_bias[i];
    Kernels::affine(p.recurrent, sums, std::span<const Activation, Hidden>{state.h},
                    [&](std::size_t o, auto sum) { sums[o] = nearest<Wide>(sum); });
    for (std::size_t i = 0; i < Hidden; ++i) {
      const Gate r = sigmoid<Gate>(sums[ResetRow + i]);
      const Gate z = sigmoid<Gate>(sums[UpdateRow + i]);
      const Gate n = tanh<Gate>(nearest<Wide>(candidate[i] + nearest<Wide>(r * sums[CandidateRow + i])));
      keep(ResetRow + i, r);
      keep(UpdateRow + i, z);
      keep(CandidateRow + i, n);
      keep.activation(CandidateRow + Hidden + i, sums[CandidateRow + i]);
      state.h[i] = Base::mixed(z, n, state.h[i]);
    }
  }

  template <class Kernels>
  static constexpr void step_back(const Parameters& p, auto& trace, std::size_t t, std::size_t, const auto&, StateGradient& d,
                                  auto& gates) {
    std::array<Gradient, 3 * Hidden> through;  // of U·h
    for (std::size_t i = 0; i < Hidden; ++i) {
      const auto kept = [&](std::size_t row) -> Gradient& { return trace.kept[row + i][t]; };
      const Gate r = kept_as<Gate>(kept(ResetRow));
      const Activation q = kept_as<Activation>(kept(CandidateRow + Hidden));
      Base::back_from_mix(kept_as<Gate>(kept(UpdateRow)), kept_as<Gate>(kept(CandidateRow)), trace.before[t][i], d.h[i],
                          gates[CandidateRow + i], gates[UpdateRow + i]);
      gates[ResetRow + i] = Arithmetic::gradient(Numbers::slope(gates[CandidateRow + i] * Numbers::sigmoid_slope(r)) * q);
      through[ResetRow + i] = kept(ResetRow) = gates[ResetRow + i];
      through[UpdateRow + i] = kept(UpdateRow) = gates[UpdateRow + i];
      kept(CandidateRow) = gates[CandidateRow + i];
      through[CandidateRow + i] = kept(CandidateRow + Hidden) = Arithmetic::gradient(gates[CandidateRow + i] * r);
    }
    Kernels::transposed_product(p.recurrent, std::span<const Gradient, 3 * Hidden>{through},
                                [&](std::size_t i, auto sum) { d.h[i] = Arithmetic::gradient(Numbers::slope(sum) + d.h[i]); });
  }
};

// The reset gate acts before the product.
template <class Arithmetic, std::size_t Features, std::size_t Hidden>
struct GruCell<Arithmetic, Features, Hidden, true> : GruGates<Arithmetic, Features, Hidden> {
  using Base = GruGates<Arithmetic, Features, Hidden>;
  using typename Base::Policy, typename Base::Numbers, typename Base::Wide, typename Base::Gate, typename Base::Activation,
      typename Base::Gradient;
  using typename Base::State, typename Base::StateGradient;
  using Base::ResetRow, Base::UpdateRow, Base::CandidateRow;
  static constexpr std::size_t recurrent_rows = 2 * Hidden;
  static constexpr std::size_t kept_rows = 3 * Hidden;
  static constexpr std::size_t training_scratch = 3 * Hidden * sizeof(Gradient);

  struct Parameters {
    Matrix<typename Arithmetic::Weight, 3 * Hidden, Features> weight;
    Matrix<typename Arithmetic::Weight, 2 * Hidden, Hidden> recurrent;
    Matrix<typename Arithmetic::Weight, Hidden, Hidden> candidate;
    std::array<typename Arithmetic::Accumulator, 3 * Hidden> bias;
  };
  template <std::size_t Steps>
  struct Own {
    Matrix<Activation, Steps, Hidden> reset{};  // r ∘ h before each step
  };
  static constexpr std::size_t recurrent_row(std::size_t o) { return o; }

  template <class Kernels>
  static constexpr void step(const Parameters& p, std::span<const typename Arithmetic::Input, Features> x, State& state,
                             auto keep) {
    std::array<Wide, 2 * Hidden> sums;
    std::array<Wide, Hidden> candidate;
    Kernels::affine(p.weight, p.bias, x, [&](std::size_t o, auto sum) {
      (o < CandidateRow ? sums[o] : candidate[o - CandidateRow]) = nearest<Wide>(sum);
    });
    Kernels::affine(p.recurrent, sums, std::span<const Activation, Hidden>{state.h},
                    [&](std::size_t o, auto sum) { sums[o] = nearest<Wide>(sum); });
    std::array<Activation, Hidden> reset;
    for (std::size_t i = 0; i < Hidden; ++i) {
      const Gate r = sigmoid<Gate>(sums[ResetRow + i]);
      keep(ResetRow + i, r);
      reset[i] = Arithmetic::activation(r * state.h[i]);
    }
    keep.own([&](auto& own, std::size_t t) { own.reset[t] = reset; });
    Kernels::affine(p.candidate, candidate, std::span<const Activation, Hidden>{reset},
                    [&](std::size_t o, auto sum) { candidate[o] = nearest<Wide>(sum); });
    for (std::size_t i = 0; i < Hidden; ++i) {
      const Gate z = sigmoid<Gate>(sums[UpdateRow + i]);
      const Gate n = tanh<Gate>(candidate[i]);
      keep(UpdateRow + i, z);
      keep(CandidateRow + i, n);
      state.h[i] = Base::mixed(z, n, state.h[i]);
    }
  }

  template <class Kernels>
  static constexpr void step_back(const Parameters& p, auto& trace, std::size_t t, std::size_t, const auto&, StateGradient& d,
                                  auto& gates) {
    const auto kept = [&](std::size_t row) -> Gradient& { return trace.kept[row][t]; };
    std::array<Gradient, Hidden> candidate;
    for (std::size_t i = 0; i < Hidden; ++i) {
      Base::back_from_mix(kept_as<Gate>(kept(UpdateRow + i)), kept_as<Gate>(kept(CandidateRow + i)), trace.before[t][i], d.h[i],
                          candidate[i], gates[UpdateRow + i]);
      gates[CandidateRow + i] = candidate[i];
    }
    Kernels::transposed_product(p.candidate, std::span<const Gradient, Hidden>{candidate}, [&](std::size_t i, auto sum) {
      const auto e = Numbers::slope(sum);
      const Gate r = kept_as<Gate>(kept(ResetRow + i));
      gates[ResetRow + i] = Arithmetic::gradient(Numbers::slope(e * Numbers::sigmoid_slope(r)) * trace.before[t][i]);
      d.h[i] = Arithmetic::gradient(Numbers::slope(e * r) + d.h[i]);
    });
    std::array<Gradient, 2 * Hidden> through;
    for (std::size_t o = 0; o < 3 * Hidden; ++o) {
      kept(o) = gates[o];
      if (o < CandidateRow) through[o] = gates[o];
    }
    Kernels::transposed_product(p.recurrent, std::span<const Gradient, 2 * Hidden>{through},
                                [&](std::size_t i, auto sum) { d.h[i] = Arithmetic::gradient(Numbers::slope(sum) + d.h[i]); });
  }
};

template <std::size_t Hidden, RecurrentOptions Chosen>
struct GruOf {
  template <class Arithmetic, std::size_t Features>
  using Cell = GruCell<Arithmetic, Features, Hidden, Chosen.reset_before>;
  using type = Recurrent<Cell, Hidden, Chosen>;
};

template <std::size_t Hidden, class... Options>
struct Gru : GruOf<Hidden, recurrent_options<Options...>>::type {
  static_assert(Hidden > 0, "nn::Gru<Hidden>: a layer needs at least one hidden unit");
  static_assert(!recurrent_options<Options...>.relu, "nn::Gru: its candidate is a tanh, Relu is an option of nn::Rnn");
  static_assert(!recurrent_options<Options...>.unit_forget_bias,
                "nn::Gru: it has no forget gate, UnitForgetBias is an option of nn::Lstm");
  static constexpr std::string_view name = "Gru";
};

}  // namespace nn

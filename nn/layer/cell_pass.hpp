// CellPass<Cell, Steps>: a recurrent cell taken over the steps of a sequence, in one direction, and back.
//
//   x  [T][F]    a frame of F numbers for each of T = Steps steps      h  [H]  hidden vector, part of the state
//
// A cell (Rnn, Gru, Lstm) has, for an arithmetic A and T = steps,
//   Parameters, State (with a member h), kept_rows     numbers per step that it keeps for training, a row each
//   Own                                                what else it keeps, for all steps
//   step<Kernels>(p, x, state, keep)                   the next state; calls keep as it goes, of gates, activations and its own
//   step_back<Kernels>(p, trace, t, next, h, d, gates) turns what was kept of step t into gradients, those of the gates, and
//                                                      d = ∂L/∂state after it into that before it; `next` is the step after
//
// Backpropagation through time: all steps back to the first (or as Truncated says), then the gradients of W, U and b, each a sum
// over the steps in their order, so that parameters change once a sample whatever the optimizer. Training keeps, for each step,
// h before it and the gates; their gradients take the place of the gates.
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 10.2.2; Williams and Peng (1990) for the truncated form.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "nn/kernels.hpp"
#include "nn/layer/recurrent_numbers.hpp"
#include "nn/matrix.hpp"
#include "nn/sum.hpp"

namespace nn {

// store(i, Σ_t g[t]·x[t][i]), t in its order.
template <class Kernels, std::size_t Steps, std::size_t Width, class Number, class Gradient>
constexpr void sum_over_steps(const Number* x, const std::array<Gradient, Steps>& g, auto store) {
  using Frames = Matrix<Number, Steps, Width>;
  const std::span<const Gradient, Steps> share{g};
  if (std::is_constant_evaluated()) {
    Frames copy{};
    for (std::size_t t = 0; t < Steps; ++t)
      for (std::size_t i = 0; i < Width; ++i) copy[t][i] = x[t * Width + i];
    Kernels::transposed_product(copy, share, store);
  } else {
    Kernels::transposed_product(*reinterpret_cast<const Frames*>(x), share, store);
  }
}

// What training keeps of the steps of one cell in one direction.
template <class Cell, std::size_t Steps>
struct CellTrace {
  using Activation = typename Cell::Policy::Activation;
  using Kept = typename Cell::Policy::Gradient;

  Matrix<Activation, Steps, Cell::hidden> before{};  // h before each step
  Matrix<Kept, Cell::kept_rows, Steps> kept{};       // gates, then their gradients
  [[no_unique_address]] typename Cell::template Own<Steps> own{};
  typename Cell::State state{};  // after the last step
};

template <class Cell, std::size_t Steps, bool Backwards = false>
struct CellPass {
  using Arithmetic = typename Cell::Policy;
  using Parameters = typename Cell::Parameters;
  using Gradient = typename Arithmetic::Gradient;
  static constexpr std::size_t Features = Cell::features;
  static constexpr std::size_t Hidden = Cell::hidden;
  using InputSpan = std::span<const typename Arithmetic::Input, Steps * Features>;
  using Frame = std::span<const typename Arithmetic::Input, Features>;

  // The sums of one row of gradients.
  static constexpr std::size_t row_scratch =
      std::max(Features * sizeof(Sum<Arithmetic, typename Arithmetic::Input, Gradient, Steps>),
               Hidden * sizeof(Sum<Arithmetic, typename Arithmetic::Activation, Gradient, Steps>));

  static constexpr std::size_t at(std::size_t step) { return Backwards ? Steps - 1 - step : step; }
  static constexpr Frame frame(InputSpan x, std::size_t t) { return Frame{x.data() + t * Features, Features}; }

  struct KeepNothing {
    constexpr void operator()(std::size_t, auto) const {}
    constexpr void activation(std::size_t, auto) const {}
    constexpr void own(auto&&) const {}
  };
  struct KeepTrace {
    CellTrace<Cell, Steps>& trace;
    std::size_t t;
    constexpr void operator()(std::size_t row, auto number) const { trace.kept[row][t] = as_kept<Gradient>(number); }
    constexpr void activation(std::size_t row, auto number) const { (*this)(row, Arithmetic::activation(number)); }
    constexpr void own(auto&& visit) const { visit(trace.own, t); }
  };

  // Calls give(t, h) after every step.
  template <class Kernels>
  static constexpr void infer(const Parameters& p, InputSpan x, auto give) {
    typename Cell::State state{};
    for (std::size_t step = 0; step < Steps; ++step) {
      const std::size_t t = at(step);
      Cell::template step<Kernels>(p, frame(x, t), state, KeepNothing{});
      give(t, state.h);
    }
  }

  // The same from the trace's state on, and keeps what learn() needs.
  template <class Kernels>
  static constexpr void forward(const Parameters& p, InputSpan x, CellTrace<Cell, Steps>& trace, auto give) {
    for (std::size_t step = 0; step < Steps; ++step) {
      const std::size_t t = at(step);
      trace.before[t] = trace.state.h;
      Cell::keep_state(trace, t);
      Cell::template step<Kernels>(p, frame(x, t), trace.state, KeepTrace{trace, t});
      give(t, trace.state.h);
    }
  }

  // dstate is ∂L/∂(state after the last step), and becomes that of the state before the first; g(step, i, later) is ∂L/∂h[t][i]
  // with what comes from outside. Gives ∂L/∂x by give(t, i, sum), unless Wanted is false, then ∂L/∂p to the sink.
  template <class Kernels, bool Wanted, std::size_t Truncation = 0>
  static constexpr void learn(const Parameters& p, InputSpan x, auto g, typename Cell::StateGradient& dstate, auto give,
                              CellTrace<Cell, Steps>& trace, auto& sink) {
    for (std::size_t step = Steps; step-- > 0;) {
      const std::size_t t = at(step);
      for (std::size_t i = 0; i < Hidden; ++i) dstate.h[i] = g(step, i, dstate.h[i]);
      const auto& after = step + 1 < Steps ? trace.before[at(step + 1)] : trace.state.h;
      std::array<Gradient, Cell::gate_count * Hidden> gates;  // ∂L/∂(W·x + b)
      Cell::template step_back<Kernels>(p, trace, t, step + 1 < Steps ? at(step + 1) : Steps, after, dstate, gates);
      if constexpr (Wanted)
        Kernels::transposed_product(p.weight, std::span<const Gradient, Cell::gate_count * Hidden>{gates},
                                    [&](std::size_t i, auto sum) { give(t, i, sum); });
      if constexpr (Truncation > 0)
        if (step % Truncation == 0) dstate = {};
    }
    hand_over<Kernels>(x, trace, sink);
  }

 private:
  template <class Kernels>
  static constexpr void hand_over(InputSpan x, const CellTrace<Cell, Steps>& trace, auto& sink) {
    const typename Arithmetic::Activation* const h = trace.before[0].data();
    add_rows<Kernels, Cell::gate_count * Hidden, Features>(
        x.data(), trace, [](std::size_t o) { return o; }, [](auto& p) -> auto& { return p.weight; }, sink);
    add_rows<Kernels, Cell::recurrent_rows, Hidden>(
        h, trace, Cell::recurrent_row, [](auto& p) -> auto& { return p.recurrent; }, sink);
    if constexpr (requires(Parameters p) { p.candidate; })
      add_rows<Kernels, Hidden, Hidden>(trace.own.reset[0].data(), trace, [](std::size_t o) { return Cell::recurrent_rows + o; },
                              [](auto& p) -> auto& { return p.candidate; }, sink);
    add_bias<Cell::gate_count * Hidden>(trace, 0, [](auto& p) -> auto& { return p.bias; }, sink);
    if constexpr (requires(Parameters p) { p.recurrent_bias; })
      add_bias<Hidden>(trace, Cell::kept_rows - Hidden, [](auto& p) -> auto& { return p.recurrent_bias; }, sink);
  }

  // Row o of a matrix from what is kept in row kept_row(o) and from x [T][Width].
  template <class Kernels, std::size_t Rows, std::size_t Width, class Number>
  static constexpr void add_rows(const Number* x, const CellTrace<Cell, Steps>& trace, auto kept_row, auto select, auto& sink) {
    for (std::size_t o = 0; o < Rows; ++o) {
      std::array<decltype(Sum<Arithmetic, Number, Gradient, Steps>{}.value()), Width> row;
      sum_over_steps<Kernels, Steps, Width>(x, trace.kept[kept_row(o)], [&](std::size_t i, auto sum) { row[i] = sum; });
      sink.add_row(select, o, [&](std::size_t i) { return row[i]; });
    }
  }

  template <std::size_t Count>
  static constexpr void add_bias(const CellTrace<Cell, Steps>& trace, std::size_t first, auto select, auto& sink) {
    using Number = typename Arithmetic::ParameterGradient;
    std::array<Number, Count> sums{};
    for (std::size_t o = 0; o < Count; ++o) {
      Total<Gradient> total;
      for (const Gradient d : trace.kept[first + o]) total.add(d);
      sums[o] = Arithmetic::parameter_gradient(total.value());
    }
    sink.add(select, std::span<const Number, Count>{sums});
  }
};

}  // namespace nn

// Recurrent<Cell>: what Rnn, Gru and Lstm have in common. A cell computes one step from a frame and the state that the step
// before it left; the state begins at 0. Parameters are its `weight` for frames, `recurrent` for the hidden vector, and biases.
//
//   x  [T][F]    a Sequence: T steps in rows or columns, frames of F numbers      h  [H]  hidden vector, part of the state
//   y  [T][H]    h after every step, or [H] after the last one
//
// What a cell has, how its steps are taken, back through time as well, and what training keeps of them: nn/layer/cell_pass.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/gradient_sink.hpp"
#include "nn/init/orthogonal.hpp"
#include "nn/layer/cell_pass.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/recurrent_numbers.hpp"
#include "nn/layer/recurrent_options.hpp"
#include "nn/layer/sequence.hpp"

namespace nn {

template <template <class, std::size_t> class CellOf, std::size_t Hidden, RecurrentOptions Chosen>
struct Recurrent {
  template <class Arithmetic, Shape Input>
  struct Bound {
    using Policy = Arithmetic;
    using Steps = Sequence<Input>;
    using Cell = CellOf<Arithmetic, Steps::features>;
    using Parameters = typename Cell::Parameters;
    template <bool Backwards>
    using PassOf = CellPass<Cell, Steps::steps, Backwards>;
    using Forwards = PassOf<false>;

    static constexpr RecurrentOptions options = Chosen;
    static constexpr std::size_t Count = Steps::steps;
    static constexpr std::size_t units = Hidden;
    static constexpr bool carries = options.truncated > 0;
    static_assert(options.truncated <= Count, "nn::Truncated<Steps>: gradients cannot go back further than a sample has steps");
    static constexpr Shape output = options.last_step ? Shape{.channels = Hidden} : Steps::of(Hidden);
    static constexpr std::size_t macs = Count * Cell::gate_count * Hidden * (Steps::features + Hidden);
    static constexpr std::size_t scratch = Cell::scratch + sizeof(typename Cell::State);
    static constexpr std::size_t training_scratch = std::max(
        Cell::training_scratch + Cell::gate_count * Hidden * sizeof(typename Arithmetic::Gradient), Forwards::row_scratch);
    static constexpr AlongTime along_time = AlongTime::carried;
    static constexpr bool learns_at_once = true;
    static constexpr bool backward_reads_input = true;
    static constexpr std::uint32_t constant =
        static_cast<std::uint32_t>(options.reset_before) << 1 | static_cast<std::uint32_t>(options.relu) << 2;
    using InputSpan = std::span<const typename Arithmetic::Input, Input.size()>;
    using OutputSpan = std::span<typename Arithmetic::Activation, output.size()>;
    using GradientSpan = std::span<const typename Arithmetic::Gradient, output.size()>;

    struct Training : CellTrace<Cell, Count> {};
    struct Carrying : CellTrace<Cell, Count> {
      typename Cell::State start{};  // of the last sample, where that may be refused
    };
    using TrainingState = std::conditional_t<carries, Carrying, Training>;

    static constexpr void initialize(Parameters& p, const auto& initializer, Random& random) {
      draw(p.weight, initializer.limit(Steps::features, Hidden), random);
      const auto draw_recurrent = [&](auto& weight) {
        if constexpr (options.orthogonal) make_orthogonal(weight, random);
        else draw(weight, initializer.limit(Hidden, Hidden), random);
      };
      draw_recurrent(p.recurrent);
      if constexpr (requires { p.candidate; }) draw_recurrent(p.candidate);
      p.bias = {};
      if constexpr (requires { p.recurrent_bias; }) p.recurrent_bias = {};
      if constexpr (options.unit_forget_bias)
        for (std::size_t i = 0; i < Hidden; ++i) p.bias[Hidden + i] = number<typename Arithmetic::Accumulator>(1.0f);
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y) {
      Forwards::template infer<Kernels>(p, x, into<0, Hidden>(y));
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y, TrainingState& state, auto&) {
      begin(state);
      Forwards::template forward<Kernels>(p, x, state, into<0, Hidden>(y));
    }

    // The next of an endless stream of frames: h is what it gives.
    using State = typename Cell::State;
    template <class Kernels>
    static constexpr void step(const Parameters& p, typename Forwards::Frame frame, State& state) {
      Cell::template step<Kernels>(p, frame, state, typename Forwards::KeepNothing{});
    }

    static constexpr void undo(Parameters&, TrainingState& state)
      requires(carries)
    {
      state.state = state.start;
    }

    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, GradientSpan g, auto dx, TrainingState& state, auto& sink) {
      constexpr bool wanted = !std::is_same_v<decltype(dx), Unwanted>;
      const auto give = [=](std::size_t t, std::size_t i, auto sum) {
        if constexpr (!std::is_same_v<decltype(dx), Unwanted>) dx[t * Steps::features + i] = Arithmetic::input_gradient(sum);
      };
      typename Cell::StateGradient last{};
      Forwards::template learn<Kernels, wanted, options.truncated>(p, x, from<0, Hidden>(g), last, give, state, sink);
    }

    // For Bidirectional, whose outputs are Width wide, of which these begin at First.
    template <std::size_t First, std::size_t Width, bool Backwards = false>
    static constexpr auto into(auto y) {
      return [y](std::size_t t, const auto& h) {
        if (options.last_step && t != (Backwards ? 0 : Count - 1)) return;
        typename Arithmetic::Activation* const to = y.data() + First + (options.last_step ? 0 : t * Width);
        for (std::size_t i = 0; i < Hidden; ++i) to[i] = h[i];
      };
    }
    template <std::size_t First, std::size_t Width, bool Backwards = false>
    static constexpr auto from(auto g) {
      return [g](std::size_t step, std::size_t i, auto later) {
        if constexpr (options.last_step) return step == Count - 1 ? typename Arithmetic::Gradient{g[First + i]} : later;
        else return Arithmetic::gradient(g[PassOf<Backwards>::at(step) * Width + First + i] + later);
      };
    }

   private:
    static constexpr void begin(TrainingState& state) {
      if constexpr (carries) state.start = state.state;
      else state.state = {};
    }
    static constexpr void draw(auto& weight, float limit, Random& random) {
      for (auto& row : weight)
        for (auto& w : row) w = number<typename Arithmetic::Weight>((2 * random.uniform() - 1) * limit);
    }
  };
};

}  // namespace nn

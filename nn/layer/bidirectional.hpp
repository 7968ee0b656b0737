// Bidirectional<Layer>: Rnn, Gru or Lstm twice, each with parameters of its own: once from the first step to the last, once from
// the last to the first. Their hidden vectors stand side by side.
//   Bidirectional<Gru<16>>                 y [T][2H]: at every step, what is known of the steps up to it and from it on
//   Bidirectional<Lstm<16, LastStep>>      y [2H]: each after the last step it takes
// PyTorch's and ONNX's order; Keras' with merge_mode "concat".
//
// Backward: ∂L/∂x is the sum of what both give, rounded each time.
// Schuster and Paliwal, Bidirectional recurrent neural networks (1997).
#pragma once

#include "nn/layer/recurrent.hpp"
#include "nn/pack.hpp"

namespace nn {

template <class Layer>
struct Bidirectional {
  static constexpr std::string_view name = "Bidirectional";

  template <class Arithmetic, Shape Input>
  struct Bound {
    using Policy = Arithmetic;
    using One = typename Layer::template Bound<Arithmetic, Input>;
    using There = typename One::template PassOf<false>;
    using Back = typename One::template PassOf<true>;
    using Parameters = Pack<typename One::Parameters, typename One::Parameters>;
    static_assert(
        !One::carries,
        "nn::Bidirectional: a stream that never ends has no last step to begin with; expected a layer without Truncated");
    static constexpr std::size_t Hidden = One::units;
    static constexpr std::size_t Features = Sequence<Input>::features;
    static constexpr Shape output{One::output.height, One::output.width, 2 * Hidden};
    static constexpr std::size_t macs = 2 * One::macs;
    static constexpr std::size_t scratch = One::scratch;
    static constexpr std::size_t training_scratch = One::training_scratch;
    static constexpr AlongTime along_time = AlongTime::never;
    static constexpr bool learns_at_once = true;
    static constexpr bool backward_reads_input = true;
    static constexpr std::uint32_t constant = One::constant | 1u;
    using InputSpan = std::span<const typename Arithmetic::Input, Input.size()>;
    using OutputSpan = std::span<typename Arithmetic::Activation, output.size()>;
    using GradientSpan = std::span<const typename Arithmetic::Gradient, output.size()>;

    struct TrainingState {
      typename One::TrainingState there{};
      typename One::TrainingState back{};
    };

    static constexpr void initialize(Parameters& p, const auto& initializer, Random& random) {
      One::initialize(get<0>(p), initializer, random);
      One::initialize(get<1>(p), initializer, random);
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y) {
      There::template infer<Kernels>(get<0>(p), x, One::template into<0, 2 * Hidden>(y));
      Back::template infer<Kernels>(get<1>(p), x, One::template into<Hidden, 2 * Hidden, true>(y));
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y, TrainingState& state, auto&) {
      state.there.state = {};
      state.back.state = {};
      There::template forward<Kernels>(get<0>(p), x, state.there, One::template into<0, 2 * Hidden>(y));
      Back::template forward<Kernels>(get<1>(p), x, state.back, One::template into<Hidden, 2 * Hidden, true>(y));
    }

    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, GradientSpan g, auto dx, TrainingState& state, auto& sink) {
      constexpr bool wanted = !std::is_same_v<decltype(dx), Unwanted>;
      const auto first = [=](std::size_t t, std::size_t i, auto sum) {
        if constexpr (!std::is_same_v<decltype(dx), Unwanted>) dx[t * Features + i] = Arithmetic::input_gradient(sum);
      };
      const auto second = [=](std::size_t t, std::size_t i, auto sum) {
        if constexpr (!std::is_same_v<decltype(dx), Unwanted>)
          dx[t * Features + i] = Arithmetic::input_gradient(Arithmetic::input_gradient(sum) + dx[t * Features + i]);
      };
      auto there = sink.template inside<Arithmetic, 0>();
      auto back = sink.template inside<Arithmetic, 1>();
      typename One::Cell::StateGradient last{};
      There::template learn<Kernels, wanted>(get<0>(p), x, One::template from<0, 2 * Hidden>(g), last, first, state.there, there);
      last = {};
      Back::template learn<Kernels, wanted>(get<1>(p), x, One::template from<Hidden, 2 * Hidden, true>(g), last, second,
                                            state.back, back);
    }
  };
};

}  // namespace nn

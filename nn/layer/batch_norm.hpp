// BatchNorm<Shift>: each channel brought to mean 0 and variance 1, then scaled and moved by learnt numbers:
//   y = gamma · (x - mean) / √(variance + epsilon) + beta        epsilon = 2^-10
//
//   x, y                           [H][W][C]
//   gamma, beta, mean, variance    [C]; the last two are running statistics, not learnt from the loss
//
// A Trainer takes its samples one at a time, so there is no batch to take statistics of; those of one sample alone would
// differ from what inference uses. Hence training normalizes by the running statistics, too, after each sample has moved them
// by 2^-Shift of the way to its own (over its pixels):
//   mean ← mean + (mean of x - mean) / 2^Shift      variance ← variance + (mean of (x - mean)² - variance) / 2^Shift
// and takes them as constants in the backward pass: what is trained is what is inferred, whatever the batch, and folding it
// into the layer before (nn/fold.hpp) changes nothing but rounding. Frozen layers keep their statistics.
// Deep networks learn far better by the statistics of a batch, which takes a machine that holds a whole batch: the trainer in
// tools/train does so for batches of 2 and more, and its README has both in figures.
//
// Backward, with s = 1 / √(variance + epsilon) and g = ∂L/∂y, sums over pixels in their order:
//   ∂L/∂x = g · gamma · s      ∂L/∂gamma = Σ g · (x - mean) · s      ∂L/∂beta = Σ g
// Ioffe and Szegedy, Batch Normalization (2015); with constant statistics as Ioffe, Batch Renormalization (2017) in section 3.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/gradient_sink.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/arithmetic.hpp"
#include "nn/number/functions.hpp"
#include "nn/random.hpp"
#include "nn/sum.hpp"

namespace nn {

// Statistics are no parameters to an optimizer: neither gradients nor moments have them.
template <class Arithmetic, std::size_t Channels>
struct BatchNormParameters {
  std::array<typename Arithmetic::Weight, Channels> gamma;
  std::array<typename Arithmetic::Accumulator, Channels> beta;
  std::array<typename Arithmetic::ParameterGradient, Channels> mean;
  std::array<typename Arithmetic::ParameterGradient, Channels> variance;
};
template <class Number, std::size_t Channels>
struct BatchNormParameters<OneFormat<Number>, Channels> {
  std::array<Number, Channels> gamma;
  std::array<Number, Channels> beta;
};

// Before the last sample, where that may be refused.
template <class Arithmetic, std::size_t Channels>
struct BatchNormStatistics {
  std::array<typename Arithmetic::ParameterGradient, Channels> mean{};
  std::array<typename Arithmetic::ParameterGradient, Channels> variance{};
};

template <int Shift = 7>
struct BatchNorm {
  static_assert(
      Shift >= 1,
      "nn::BatchNorm<Shift>: a sample moves the statistics by 2 to the power of -Shift of the way, which must be below 1");
  static_assert(Shift <= 30, "nn::BatchNorm<Shift>: statistics that move by less than 2 to the power of -30 stay where they are");
  static constexpr std::string_view name = "BatchNorm";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr AlongTime along_time = AlongTime::each_frame;
    static constexpr std::size_t Size = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr std::size_t macs = Size;
    static constexpr bool learns_at_once = true;
    static constexpr bool forward_learns = true;
    static constexpr bool in_place = true;
    static constexpr bool backward_reads_input = true;
    static constexpr std::size_t training_scratch = Channels * sizeof(typename Arithmetic::ParameterGradient);
    using Parameters = BatchNormParameters<Arithmetic, Channels>;
    using InputSpan = std::span<const typename Arithmetic::Input, Size>;
    using OutputSpan = std::span<typename Arithmetic::Activation, Size>;
    static constexpr bool refuses = std::is_floating_point_v<typename Arithmetic::Weight>;
    struct Nothing {};
    using TrainingState = std::conditional_t<refuses, BatchNormStatistics<Arithmetic, Channels>, Nothing>;

    static constexpr void initialize(Parameters& p, const auto&, Random&) {
      p.gamma.fill(number<typename Arithmetic::Weight>(1.0f));
      p.beta = {};
      p.mean = {};
      p.variance.fill(number<typename Arithmetic::ParameterGradient>(1.0f));
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y) {
      for (std::size_t k = 0; k < Channels; ++k) {
        const auto factor = factor_of(p, k);
        for (std::size_t i = k; i < Size; i += Channels)
          y[i] = Arithmetic::activation(with_bias(centred(x[i], p.mean[k]) * factor, p.beta[k]));
      }
    }

    template <class Kernels>
    static constexpr void forward(Parameters& p, InputSpan x, OutputSpan y, [[maybe_unused]] auto&& state, auto&) {
      if constexpr (refuses) state = {p.mean, p.variance};
      for (std::size_t k = 0; k < Channels; ++k) {
        Total<typename Arithmetic::Input> sum;
        Total<typename Arithmetic::ParameterGradient> squares;
        for (std::size_t i = k; i < Size; i += Channels) {
          const auto d = centred(x[i], p.mean[k]);
          sum.add(x[i]);
          squares.add(Arithmetic::parameter_gradient(d * d));
        }
        approach(p.mean[k], Arithmetic::parameter_gradient(Arithmetic::average(sum.value(), Size / Channels)));
        approach(p.variance[k], Arithmetic::parameter_gradient(Arithmetic::average(squares.value(), Size / Channels)));
      }
      forward<Kernels>(p, x, y);
    }

    static constexpr void undo(Parameters& p, const TrainingState& state) {
      if constexpr (refuses) {
        p.mean = state.mean;
        p.variance = state.variance;
      }
    }

    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, std::span<const typename Arithmetic::Gradient, Size> g, auto dx,
                                const TrainingState&, auto& sink) {
      using Wide = typename Arithmetic::ParameterGradient;
      if constexpr (!std::is_same_v<decltype(dx), Unwanted>)
        for (std::size_t k = 0; k < Channels; ++k) {
          const Wide factor = factor_of(p, k);
          for (std::size_t i = k; i < Size; i += Channels) dx[i] = Arithmetic::input_gradient(g[i] * factor);
        }
      std::array<Wide, Channels> gradient{};
      for (std::size_t k = 0; k < Channels; ++k) {
        Total<Wide> sum;
        for (std::size_t i = k; i < Size; i += Channels) sum.add(Arithmetic::parameter_gradient(g[i] * normalized(p, x[i], k)));
        gradient[k] = Arithmetic::parameter_gradient(sum.value());
      }
      sink.add([](auto& parameters) -> auto& { return parameters.gamma; }, std::span<const Wide, Channels>{gradient});
      sink.add_positions([](auto& parameters) -> auto& { return parameters.beta; }, g);
    }

    // gamma / √(variance + epsilon): what a layer before is multiplied by in its place.
    static constexpr auto factor_of(const Parameters& p, std::size_t k) {
      return Arithmetic::parameter_gradient(p.gamma[k] * scale(p.variance[k]));
    }

   private:
    static constexpr auto scale(auto variance) {
      using Wide = decltype(variance);
      return reciprocal_square_root<Wide>(Arithmetic::parameter_gradient(variance + number<Wide>(0x1p-10f)));
    }
    static constexpr auto centred(typename Arithmetic::Input x, auto mean) { return Arithmetic::parameter_gradient(x - mean); }
    static constexpr auto normalized(const Parameters& p, typename Arithmetic::Input x, std::size_t k) {
      return Arithmetic::parameter_gradient(centred(x, p.mean[k]) * scale(p.variance[k]));
    }
    // Statistics in float stay finite, as parameters do.
    static constexpr void approach(auto& running, auto now) {
      const auto next = Arithmetic::parameter_gradient(
          running + Arithmetic::template halved<Shift>(Arithmetic::parameter_gradient(now - running)));
      if (within_limit(next)) running = next;
    }
  };
};

}  // namespace nn

// LayerNorm: the channels of each pixel, or of each step of a sequence, brought to mean 0 and variance 1, then scaled and moved
// by learnt numbers:
//   y = gamma · n + beta      n = (x - mean) · s      s = 1 / √(variance + 1e-5)
//
//   x, y           [positions][C]; mean and variance are those of the C numbers of one position
//   gamma, beta    [C]; they start at 1 and 0
//
// Nothing is kept between samples or between steps: it learns, infers and streams as it stands.
// In fixed point the variance has 64 bits; s, n and what a gradient is made of have 32.
//
// Backward, with g = ∂L/∂y and e = g · gamma, means over the channels of a position:
//   ∂L/∂x = s · (e - mean(e) - n · mean(e · n))      ∂L/∂gamma = Σ g · n      ∂L/∂beta = Σ g, over positions in their order
// Ba, Kiros and Hinton, Layer normalization (2016). PyTorch's LayerNorm(C); Keras' has an epsilon of 1e-3.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/gradient_sink.hpp"
#include "nn/layer/layer.hpp"
#include "nn/number/functions.hpp"
#include "nn/random.hpp"
#include "nn/sum.hpp"

namespace nn {

// What it computes in: a difference from the mean, the variance, s, and all else, which is at most √C or a gradient.
template <class Input>
struct LayerNormNumbers {
  using Centred = Input;
  using Variance = Input;
  using Epsilon = Input;
  using Scale = Input;
  using Work = Input;
};
template <int Bits, int Fraction>
struct LayerNormNumbers<Fixed<Bits, Fraction>> {
  static constexpr int whole = Bits - Fraction;
  using Centred = Fixed<32, (31 - whole < Fraction ? Fraction : 31 - whole)>;
  using Variance = Fixed<64, (whole < 6 ? 36 : 48 - 2 * whole)>;  // of up to 2^13 channels
  using Epsilon = Fixed<32, 31>;
  using Scale = Fixed<32, 22>;  // at most 317
  using Work = Fixed<32, 24>;
};

template <class Arithmetic, std::size_t Channels>
struct LayerNormParameters {
  std::array<typename Arithmetic::Weight, Channels> gamma;
  std::array<typename Arithmetic::Accumulator, Channels> beta;
};

struct LayerNorm {
  static constexpr std::string_view name = "LayerNorm";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t Size = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr std::size_t macs = 2 * Size;
    static constexpr AlongTime along_time = AlongTime::each_frame;
    static constexpr bool learns_at_once = true;
    static constexpr bool backward_reads_input = true;
    static_assert(!is_fixed<typename Arithmetic::Input> || Channels <= 1 << 13,
                  "nn::LayerNorm: in fixed point it takes at most 8192 channels");
    static_assert(Channels > 1, "nn::LayerNorm: a single channel has no variance; expected two or more");
    using Numbers = LayerNormNumbers<typename Arithmetic::Input>;
    using Centred = typename Numbers::Centred;
    using Variance = typename Numbers::Variance;
    using Scale = typename Numbers::Scale;
    using Work = typename Numbers::Work;
    using Gradient = typename Arithmetic::ParameterGradient;
    static constexpr std::size_t training_scratch = Channels * (sizeof(Total<Gradient>) + sizeof(Gradient));
    using InputSpan = std::span<const typename Arithmetic::Input, Size>;
    using OutputSpan = std::span<typename Arithmetic::Activation, Size>;

    using Parameters = LayerNormParameters<Arithmetic, Channels>;

    static constexpr void initialize(Parameters& p, const auto&, Random&) {
      p.gamma.fill(number<typename Arithmetic::Weight>(1.0f));
      p.beta = {};
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y) {
      for (std::size_t first = 0; first < Size; first += Channels) {
        const Position at{x, first};
        for (std::size_t k = 0; k < Channels; ++k)
          y[first + k] = Arithmetic::activation(with_bias(p.gamma[k] * at.normalized(x[first + k]), p.beta[k]));
      }
    }

    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, std::span<const typename Arithmetic::Gradient, Size> g, auto dx,
                                const auto&, auto& sink) {
      std::array<Total<Gradient>, Channels> scales{};
      for (std::size_t first = 0; first < Size; first += Channels) {
        const Position at{x, first};
        for (std::size_t k = 0; k < Channels; ++k)
          scales[k].add(Arithmetic::parameter_gradient(g[first + k] * at.normalized(x[first + k])));
        if constexpr (!std::is_same_v<decltype(dx), Unwanted>) backward(p, x, g, dx, first, at);
      }
      std::array<Gradient, Channels> gradient{};
      for (std::size_t k = 0; k < Channels; ++k) gradient[k] = Arithmetic::parameter_gradient(scales[k].value());
      sink.add([](auto& parameters) -> auto& { return parameters.gamma; }, std::span<const Gradient, Channels>{gradient});
      sink.add_positions([](auto& parameters) -> auto& { return parameters.beta; }, g);
    }

   private:
    // The mean of the channels from `first` on, and s.
    struct Position {
      Centred mean{};
      Scale scale{};

      constexpr Position(InputSpan x, std::size_t first) {
        Total<typename Arithmetic::Input> sum;
        for (std::size_t k = 0; k < Channels; ++k) sum.add(x[first + k]);
        mean = nearest<Centred>(Arithmetic::average(sum.value(), Channels));
        Variance squares{};
        for (std::size_t k = 0; k < Channels; ++k) add_square(squares, centred(x[first + k]));
        scale = reciprocal_square_root<Scale>(with_epsilon(squares));
      }
      constexpr Centred centred(typename Arithmetic::Input x) const { return nearest<Centred>(x - mean); }
      static constexpr void add_square(Variance& sum, Centred d) {
        if constexpr (is_fixed<Variance>) sum.raw += narrow<Variance>(d * d).raw;
        else sum += d * d;
      }
      // Their mean and epsilon.
      static constexpr Variance with_epsilon(Variance sum) {
        constexpr auto epsilon = number<typename Numbers::Epsilon>(1e-5f);
        if constexpr (is_fixed<Variance>) return {sum.raw / static_cast<std::int64_t>(Channels) + narrow<Variance>(epsilon).raw};
        else return sum / static_cast<Variance>(Channels) + epsilon;
      }
      constexpr Work normalized(typename Arithmetic::Input x) const { return nearest<Work>(centred(x) * scale); }
    };

    static constexpr void backward(const Parameters& p, InputSpan x, auto g, auto dx, std::size_t first, const Position& at) {
      const auto scaled = [&](std::size_t k) { return nearest<Work>(g[first + k] * p.gamma[k]); };
      Total<Work> sum, product;
      for (std::size_t k = 0; k < Channels; ++k) {
        sum.add(scaled(k));
        product.add(nearest<Work>(scaled(k) * at.normalized(x[first + k])));
      }
      const auto mean = nearest<Work>(Arithmetic::average(sum.value(), Channels));
      const auto along = nearest<Work>(Arithmetic::average(product.value(), Channels));
      for (std::size_t k = 0; k < Channels; ++k) {
        const Work across = nearest<Work>(at.normalized(x[first + k]) * along);
        dx[first + k] = Arithmetic::input_gradient(at.scale * nearest<Work>(nearest<Work>(scaled(k) - mean) - across));
      }
    }
  };
};

}  // namespace nn

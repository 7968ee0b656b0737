// Embedding<Symbols, Width>: a learnt row of numbers for each of so many symbols. Its input has the symbols' numbers, 0 to
// Symbols - 1, as numbers of the network: y[t] = W[x[t]].
//   Network<float, Input<20>, Embedding<27, 8>, Gru<16, LastStep>, …>      20 letters, a row of 8 numbers for each
//
//   x  [T]             symbols; a fraction is dropped, and what is below or beyond all symbols is the first or last of them
//   W  [Symbols][Width]   weight
//   y  [T][Width]      a sequence
//
// Backward: ∂L/∂W[s] = Σ ∂L/∂y[t] over the steps whose symbol is s, in their order; ∂L/∂x is 0. Rows of symbols that a sample
// does not have are passed over: with batch 1 neither momentum nor decay moves them (PyTorch's sparse gradients do the same).
// Bengio et al., A neural probabilistic language model (2003), section 2.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "nn/layer/layer.hpp"
#include "nn/matrix.hpp"
#include "nn/number/fixed.hpp"
#include "nn/number/narrow.hpp"
#include "nn/random.hpp"
#include "nn/sum.hpp"

namespace nn {

template <class Arithmetic, std::size_t Symbols, std::size_t Width>
struct EmbeddingParameters {
  Matrix<typename Arithmetic::Weight, Symbols, Width> weight;
};

template <std::size_t Symbols, std::size_t Width>
struct Embedding {
  static_assert(Symbols > 0, "nn::Embedding<Symbols, Width>: there is at least one symbol");
  static_assert(Width > 0, "nn::Embedding<Symbols, Width>: a symbol has at least one number");
  static_assert(Symbols <= std::size_t{1} << 24,
                "nn::Embedding<Symbols, Width>: a float tells at most 2 to the power of 24 symbols apart");
  static constexpr std::string_view name = "Embedding";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr std::size_t Steps = Input.size();
    static constexpr Shape output{1, Steps, Width};
    static constexpr std::size_t Size = output.size();
    static constexpr AlongTime along_time = AlongTime::each_frame;
    static constexpr std::size_t training_scratch = Width * sizeof(Total<typename Arithmetic::Gradient>);
    using Symbol = typename Arithmetic::Input;
    using InputSpan = std::span<const Symbol, Steps>;

    using Parameters = EmbeddingParameters<Arithmetic, Symbols, Width>;

    static constexpr bool symbols_fit = [] {
      if constexpr (is_fixed<Symbol>) return Symbols - 1 <= static_cast<std::size_t>(Symbol::highest().raw) >> Symbol::fraction;
      else return true;
    }();
    static_assert(
        symbols_fit,
        "nn::Embedding<Symbols, Width>: the format of its input cannot hold the last symbol; expected a smaller Format::input");

    static constexpr void initialize(Parameters& p, const auto& initializer, Random& random) {
      const float limit = initializer.limit(Width, Width);
      for (auto& row : p.weight)
        for (auto& w : row) w = number<typename Arithmetic::Weight>((2 * random.uniform() - 1) * limit);
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, std::span<typename Arithmetic::Activation, Size> y) {
      for (std::size_t t = 0; t < Steps; ++t)
        for (std::size_t i = 0; i < Width; ++i) y[t * Width + i] = Arithmetic::activation(p.weight[symbol(x[t])][i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, InputSpan, std::span<const typename Arithmetic::Activation, Size>,
                                   std::span<const typename Arithmetic::Gradient, Size>,
                                   std::span<typename Arithmetic::InputGradient, Steps> dx) {
      for (auto& d : dx) d = {};
    }

    static constexpr void gradient(InputSpan x, std::span<const typename Arithmetic::Gradient, Size> g, auto& sink) {
      for (std::size_t t = 0; t < Steps; ++t) {
        const std::size_t here = symbol(x[t]);
        bool seen = false;
        for (std::size_t before = 0; before < t; ++before) seen = seen || symbol(x[before]) == here;
        if (seen) continue;
        std::array<Total<typename Arithmetic::Gradient>, Width> sum{};
        for (std::size_t later = t; later < Steps; ++later)
          if (symbol(x[later]) == here)
            for (std::size_t i = 0; i < Width; ++i) sum[i].add(g[later * Width + i]);
        sink.add_row(
            [](auto& parameters) -> auto& { return parameters.weight; }, here, [&](std::size_t i) { return sum[i].value(); });
      }
    }

   private:
    static constexpr std::size_t symbol(Symbol x) {
      if (!(x > Symbol{})) return 0;
      if constexpr (is_fixed<Symbol>) {
        const auto whole = static_cast<std::size_t>(x.raw >> Symbol::fraction);
        return whole < Symbols ? whole : Symbols - 1;
      } else {
        return x < static_cast<Symbol>(Symbols) ? static_cast<std::size_t>(static_cast<std::uint32_t>(x)) : Symbols - 1;
      }
    }
  };
};

}  // namespace nn

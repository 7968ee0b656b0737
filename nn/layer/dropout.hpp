// Dropout<Percent>: in training, each element is set to 0 with this probability and the others are scaled by
// 1 / (1 - Percent / 100); in inference it does nothing. The mask is drawn anew for every sample.
// Srivastava et al., Dropout (2014), in the inverted form.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"
#include "nn/random.hpp"

namespace nn {

template <unsigned Percent>
struct Dropout {
  static_assert(Percent < 100, "nn::Dropout<Percent>: a layer that drops everything cannot learn");
  static constexpr std::string_view name = "Dropout";

  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t N = Input.size();
    static constexpr bool in_place = std::is_same_v<typename A::Input, typename A::Activation>;
    static constexpr std::uint32_t constant = Percent;
    using Parameters = NoParameters;
    using Number = typename A::Input;
    using Activation = typename A::Activation;
    using Gradient = typename A::Gradient;
    using InputGradient = typename A::InputGradient;

    // One bit an element: 1 where it is kept.
    struct TrainingState {
      std::array<std::uint32_t, (N + 31) / 32> kept{};
      constexpr bool keeps(std::size_t i) const { return (kept[i / 32] >> (i % 32) & 1u) != 0; }
    };

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, N> x, std::span<Activation, N> y) {
      if constexpr (in_place)
        if (x.data() == y.data()) return;
      for (std::size_t i = 0; i < N; ++i) y[i] = A::activation(x[i]);
    }

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, N> x, std::span<Activation, N> y,
                                  TrainingState& state, Random& random) {
      state.kept = {};
      for (std::size_t i = 0; i < N; ++i) {
        if (random.next() >= threshold) state.kept[i / 32] |= std::uint32_t{1} << (i % 32);
        y[i] = state.keeps(i) ? A::activation(x[i] * scale()) : Activation{};
      }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const Number, N>, std::span<const Activation, N>,
                                   std::span<const Gradient, N> g, std::span<InputGradient, N> dx, const TrainingState& state) {
      for (std::size_t i = 0; i < N; ++i) dx[i] = state.keeps(i) ? A::input_gradient(g[i] * scale()) : InputGradient{};
    }

   private:
    static constexpr auto threshold = static_cast<std::uint32_t>((std::uint64_t{Percent} << 32) / 100);
    static constexpr auto scale() { return A::template ratio<100, 100 - static_cast<int>(Percent)>; }
  };
};

}  // namespace nn

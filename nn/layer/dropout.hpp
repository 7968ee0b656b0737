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

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr AlongTime along_time = AlongTime::each_frame;
    static constexpr std::size_t Size = Input.size();
    static constexpr bool in_place = std::is_same_v<typename Arithmetic::Input, typename Arithmetic::Activation>;
    static constexpr std::uint32_t constant = Percent;
    using Parameters = NoParameters;
    using Number = typename Arithmetic::Input;
    using Activation = typename Arithmetic::Activation;
    using Gradient = typename Arithmetic::Gradient;
    using InputGradient = typename Arithmetic::InputGradient;

    // One bit an element: 1 where it is kept.
    struct TrainingState {
      std::array<std::uint32_t, (Size + 31) / 32> kept{};
      constexpr bool keeps(std::size_t i) const { return (kept[i / 32] >> (i % 32) & 1u) != 0; }
    };

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, Size> x, std::span<Activation, Size> y) {
      if constexpr (in_place)
        if (x.data() == y.data()) return;
      for (std::size_t i = 0; i < Size; ++i) y[i] = Arithmetic::activation(x[i]);
    }

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, Size> x, std::span<Activation, Size> y,
                                  TrainingState& state, Random& random) {
      state.kept = {};
      for (std::size_t i = 0; i < Size; ++i) {
        if (random.next() >= threshold) state.kept[i / 32] |= std::uint32_t{1} << (i % 32);
        y[i] = state.keeps(i) ? Arithmetic::activation(x[i] * scale()) : Activation{};
      }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const Number, Size>, std::span<const Activation, Size>,
                                   std::span<const Gradient, Size> g, std::span<InputGradient, Size> dx,
                                   const TrainingState& state) {
      for (std::size_t i = 0; i < Size; ++i)
        dx[i] = state.keeps(i) ? Arithmetic::input_gradient(g[i] * scale()) : InputGradient{};
    }

   private:
    static constexpr auto threshold = static_cast<std::uint32_t>((std::uint64_t{Percent} << 32) / 100);
    static constexpr auto scale() { return Arithmetic::template ratio<100, 100 - static_cast<int>(Percent)>; }
  };
};

}  // namespace nn

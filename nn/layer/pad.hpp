// Pad<Above, Below, Left, Right>: rows and columns of zeros around the input, for each channel.
//
//   x  [H][W][C]                                  input
//   y  [Above + H + Below][Left + W + Right][C]   output
//
// Backward: ∂L/∂x is the part of g that lies over x.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"

namespace nn {

template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
struct Padding {
  static constexpr std::string_view name = "Pad";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output{Above + Input.height + Below, Left + Input.width + Right, Input.channels};
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::uint32_t constant = static_cast<std::uint32_t>(Above * 65536 + Left);
    static constexpr AlongTime along_time = AlongTime::window;
    using Parameters = NoParameters;

    // As a window of one place.
    struct Window {
      static constexpr Axis rows{Input.height, 1, 1, 1, false, false, true, Above, Below};
      static constexpr Axis columns{Input.width, 1, 1, 1, false, false, true, Left, Right};
    };

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize> x,
                                  std::span<typename Arithmetic::Activation, OutputSize> y) {
      forward_rows<Kernels>(Parameters{}, x.data(), no_rows, 0, output.height, y.data());
    }

    // Rows [begin, end) of y alone; x begins with row `above` of the input.
    template <class Kernels>
    static constexpr void forward_rows(const Parameters&, const typename Arithmetic::Input* x, auto above, std::size_t begin,
                                       std::size_t end, typename Arithmetic::Activation* y) {
      for (std::size_t r = begin; r < end; ++r, y += output.width * Input.channels) {
        for (std::size_t i = 0; i < output.width * Input.channels; ++i) y[i] = {};
        if (r < Above || r - Above >= Input.height) continue;
        for (std::size_t i = 0; i < row; ++i)
          y[Left * Input.channels + i] = Arithmetic::activation(x[(r - Above - above) * row + i]);
      }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize>,
                                   std::span<const typename Arithmetic::Activation, OutputSize>,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                   std::span<typename Arithmetic::InputGradient, InputSize> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t i = 0; i < row; ++i) dx[r * row + i] = Arithmetic::input_gradient(g[start(r) + i]);
    }

   private:
    static constexpr std::size_t row = Input.width * Input.channels;
    // Where row r of x lies in y.
    static constexpr std::size_t start(std::size_t r) { return ((Above + r) * output.width + Left) * Input.channels; }
  };

  // With other rows, or other columns, of zeros.
  template <class Given>
  struct PieceOf;
  template <std::size_t Before, std::size_t After>
  struct PieceOf<PaddedBy<Before, After, true>> {
    using type = Padding<Before, After, Left, Right>;
  };
  template <std::size_t Before, std::size_t After>
  struct PieceOf<PaddedBy<Before, After, false>> {
    using type = Padding<Above, Below, Before, After>;
  };
  template <class Given>
  using Piece = typename PieceOf<Given>::type;
};

template <std::size_t Above, std::size_t Below = Above, std::size_t Left = Above, std::size_t Right = Left>
struct Pad : Padding<Above, Below, Left, Right> {
  static_assert(Above + Below + Left + Right > 0, "nn::Pad<Above, Below, Left, Right>: there is nothing to pad");
};

}  // namespace nn

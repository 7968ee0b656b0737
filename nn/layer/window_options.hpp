// How a convolution or a pooling of Height x Width moves over its input, as TensorFlow defines it:
//
//   Stride<2>  Stride<2, 1>      rows and columns from one window to the next (1; of a pooling, the window's own size)
//   Dilation<2>  Dilation<2, 1>  rows and columns from one tap of the window to the next (1)
//   Same                         pads with zeros so that an output has ⌈input / stride⌉ rows and columns; of an odd number of
//                                padded rows, the bottom has one more than the top; likewise left and right
//   Valid                        no padding, the default: windows lie inside the input
//   Causal                       along a sequence: zeros before its beginning alone, so that an output sees no later input
//   ZeroPadding<1>  ZeroPadding<0, 1, 2, 1>    so many rows of zeros above and below, columns to the left and to the right, as
//                                other frameworks have them; those that are left out are as many as above
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>

namespace nn {

template <std::size_t Rows, std::size_t Columns = Rows>
struct Stride {
  static_assert(Rows > 0, "nn::Stride<Rows, Columns>: a window moves by at least one row");
  static_assert(Columns > 0, "nn::Stride<Rows, Columns>: a window moves by at least one column");
};
template <std::size_t Rows, std::size_t Columns = Rows>
struct Dilation {
  static_assert(Rows > 0, "nn::Dilation<Rows, Columns>: the taps of a window lie at least one row apart");
  static_assert(Columns > 0, "nn::Dilation<Rows, Columns>: the taps of a window lie at least one column apart");
};
struct Same {};
struct Valid {};
struct Causal {};
template <std::size_t Above, std::size_t Below = Above, std::size_t Left = Above, std::size_t Right = Left>
struct ZeroPadding {
  static_assert(Above + Below + Left + Right > 0,
                "nn::ZeroPadding<Above, Below, Left, Right>: there is nothing to pad; expected Valid");
};
// Of a piece of a layer along rows, or along columns: so many rows of zeros before and behind it, whatever the layer says.
template <std::size_t Before, std::size_t After, bool Rows>
struct PaddedBy {};

// The options together.
struct Steps {
  std::size_t stride_rows = 1;
  std::size_t stride_columns = 1;
  std::size_t dilation_rows = 1;
  std::size_t dilation_columns = 1;
  bool same = false;
  bool causal = false;
  bool rows_given = false, columns_given = false;  // by ZeroPadding or PaddedBy
  std::size_t above = 0, below = 0, left = 0, right = 0;

  template <std::size_t Rows, std::size_t Columns>
  constexpr void set(Stride<Rows, Columns>) {
    stride_rows = Rows;
    stride_columns = Columns;
  }
  template <std::size_t Rows, std::size_t Columns>
  constexpr void set(Dilation<Rows, Columns>) {
    dilation_rows = Rows;
    dilation_columns = Columns;
  }
  constexpr void set(Same) { same = true; }
  constexpr void set(Valid) { same = causal = false; }
  constexpr void set(Causal) { causal = true; }
  template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
  constexpr void set(ZeroPadding<Above, Below, Left, Right>) {
    rows_given = columns_given = true;
    above = Above;
    below = Below;
    left = Left;
    right = Right;
  }
  template <std::size_t Before, std::size_t After, bool Rows>
  constexpr void set(PaddedBy<Before, After, Rows>) {
    (Rows ? rows_given : columns_given) = true;
    (Rows ? above : left) = Before;
    (Rows ? below : right) = After;
  }
};

template <class Option>
concept StepOption = requires(Steps steps, Option option) { steps.set(option); };

// The options, and what holds where they are silent.
template <class... Options>
constexpr Steps steps_of(Steps steps = {}) {
  static_assert((StepOption<Options> && ...), "nn::Window: an option is Stride, Dilation, Same, Valid, Causal or ZeroPadding");
  (steps.set(Options{}), ...);
  return steps;
}

}  // namespace nn

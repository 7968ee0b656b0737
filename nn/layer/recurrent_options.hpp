// Options of recurrent layers, in any order behind the number of hidden units:
//   LastStep          the output is the hidden vector after the last step alone; otherwise those of all steps
//   Orthogonal        the recurrent weights of each gate start orthogonal; otherwise as the initializer says
//   UnitForgetBias    of Lstm: the bias of the forget gate starts at 1; otherwise at 0
//   ResetBefore       of Gru: the reset gate acts before the product with the recurrent weights; otherwise after it
//   Relu              of Rnn: instead of tanh
//   Truncated<Steps>  samples are pieces of one endless stream: in training, a sample begins with the state that the last one
//                     ended with, and gradients go back at most Steps steps, to a multiple of Steps within the sample
#pragma once

#include <cstddef>

#include "nn/layer/relu.hpp"

namespace nn {

struct LastStep {};
struct Orthogonal {};
struct UnitForgetBias {};
struct ResetBefore {};
template <std::size_t Steps>
struct Truncated {
  static_assert(Steps > 0, "nn::Truncated<Steps>: gradients go back at least one step");
};

// The options together.
struct RecurrentOptions {
  bool last_step = false;
  bool orthogonal = false;
  bool unit_forget_bias = false;
  bool reset_before = false;
  bool relu = false;
  std::size_t truncated = 0;  // 0: not at all

  constexpr void set(LastStep) { last_step = true; }
  constexpr void set(Orthogonal) { orthogonal = true; }
  constexpr void set(UnitForgetBias) { unit_forget_bias = true; }
  constexpr void set(ResetBefore) { reset_before = true; }
  constexpr void set(Relu) { relu = true; }
  template <std::size_t Steps>
  constexpr void set(Truncated<Steps>) {
    truncated = Steps;
  }
};

template <class Option>
concept RecurrentOption = requires(RecurrentOptions options, Option option) { options.set(option); };

template <class... Options>
constexpr RecurrentOptions recurrent_options = [] {
  static_assert((RecurrentOption<Options> && ...),
                "nn::Rnn, nn::Gru, nn::Lstm: an option is LastStep, Orthogonal, UnitForgetBias, ResetBefore, Relu or Truncated");
  RecurrentOptions options;
  [[maybe_unused]] const auto set = [&options](auto option) {
    if constexpr (RecurrentOption<decltype(option)>) options.set(option);
  };
  (set(Options{}), ...);
  return options;
}();

}  // namespace nn

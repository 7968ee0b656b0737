// ModuleOf<Spec>: how PyTorch has the parameters of a layer. A layer of parameters without one is refused.
//
//   describe<Bound>(module, p, layout)     fills parts; `layout` is that of the layer's input
//
//   Dense             nn.Linear                    weight [O][I], whose columns follow the layout; bias
//   Conv2d, Conv1d    nn.Conv2d, nn.Conv1d         weight [O][C][H][W], [O][C][W]; of 1x1 also nn.Linear over channels
//   DepthwiseConv2d   the same with groups = C     weight [C·M][1][H][W], [C·M][1][W]
//   BatchNorm         nn.BatchNorm1d, 2d           weight, bias, running_mean, running_var
//   LayerNorm         nn.LayerNorm(C)              weight, bias
//   Embedding         nn.Embedding                 weight [symbols][width]
//   Rnn, Gru, Lstm    nn.RNN, nn.GRU, nn.LSTM      weight_ih [gates·H][F], weight_hh [gates·H][H], bias_ih, bias_hh [gates·H]
//   Bidirectional     … with bidirectional=True    both directions, the second as …_reverse
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "nn/nn.hpp"
#include "tools/pytorch/layout.hpp"
#include "tools/pytorch/module.hpp"

namespace tools::pytorch {

// Weights of a layer, row by row.
struct Rows {
  template <std::size_t Count, std::size_t Columns>
  Rows(nn::Matrix<float, Count, Columns>& rows) : first{rows[0].data()}, count{Count}, columns{Columns} {}
  Rows() = default;

  float* at(std::size_t row, std::size_t column) const { return first + row * columns + column; }

  float* first = nullptr;
  std::size_t count = 0, columns = 0;
};
using Numbers = std::span<float>;

void describe_dense(Module& module, const Rows& weight, Numbers bias, const Layout& layout);
// [outputs][taps · channels], of a kernel along two axes and, if it has one row, along one.
void describe_convolution(Module& module, const Rows& weight, Numbers bias, std::size_t height, std::size_t width);
void describe_depthwise(Module& module, const Rows& weight, Numbers bias, std::size_t height, std::size_t width);
void describe_batch_norm(Module& module, Numbers gamma, Numbers beta, Numbers mean, Numbers variance, const Layout& layout);
void describe_layer_norm(Module& module, Numbers gamma, Numbers beta, const Layout& layout);
void describe_embedding(Module& module, const Rows& weight);

// One direction; `candidate` and `recurrent_bias` if the layer has them.
struct Direction {
  Rows weight, recurrent, candidate;
  Numbers bias, recurrent_bias;
};
void describe_direction(Module& module, const Direction& layer, const Layout& frame, const std::string& suffix);

template <class Spec>
struct ModuleOf {
  template <class Bound>
  static void describe(Module&, auto&, const Layout&) {
    static_assert(!nn::has_parameters<Bound>, "tools/pytorch: this layer has parameters that PyTorch is not known to have");
  }
};

template <std::size_t Outputs>
struct ModuleOf<nn::Dense<Outputs>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    describe_dense(module, p.weight, p.bias, layout);
  }
};

template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct ModuleOf<nn::Conv2d<Outputs, Height, Width, Options...>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout&) {
    describe_convolution(module, p.weight, p.bias, Height, Width);
  }
};
template <std::size_t Outputs, std::size_t Width, class... Options>
struct ModuleOf<nn::Conv1d<Outputs, Width, Options...>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    ModuleOf<nn::Conv2d<Outputs, 1, Width, Options...>>::template describe<Bound>(module, p, layout);
    std::swap(module.parts[0].shapes[0], module.parts[0].shapes[1]);
  }
};

template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct ModuleOf<nn::DepthwiseConv2d<Multiplier, Height, Width, Options...>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout&) {
    describe_depthwise(module, p.weight, p.bias, Height, Width);
  }
};

template <int Shift>
struct ModuleOf<nn::BatchNorm<Shift>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    describe_batch_norm(module, p.gamma, p.beta, p.mean, p.variance, layout);
  }
};

template <>
struct ModuleOf<nn::LayerNorm> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    describe_layer_norm(module, p.gamma, p.beta, layout);
  }
};

template <std::size_t Symbols, std::size_t Width>
struct ModuleOf<nn::Embedding<Symbols, Width>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout&) {
    describe_embedding(module, p.weight);
  }
};

Direction direction_of(auto& p) {
  Direction made{.weight = p.weight, .recurrent = p.recurrent, .candidate = {}, .bias = p.bias, .recurrent_bias = {}};
  if constexpr (requires { p.candidate; }) made.candidate = p.candidate;
  if constexpr (requires { p.recurrent_bias; }) made.recurrent_bias = p.recurrent_bias;
  return made;
}

// Of one step of the input: a row with its channels, or all of a vector.
template <class Bound>
constexpr Layout frame_of(const Layout& layout) {
  if (Bound::Steps::steps == 1) return layout;
  if (!Bound::Steps::in_rows) return {{.channels = Bound::Steps::features}};
  return {{1, layout.shape.width, layout.shape.channels}, layout.permuted() ? Order::channels_first : Order::channels_last};
}

struct RecurrentModule {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    describe_direction(module, direction_of(p), frame_of<Bound>(layout), "");
  }
};
template <std::size_t Hidden, class... Options>
struct ModuleOf<nn::Rnn<Hidden, Options...>> : RecurrentModule {};
template <std::size_t Hidden, class... Options>
struct ModuleOf<nn::Gru<Hidden, Options...>> : RecurrentModule {};
template <std::size_t Hidden, class... Options>
struct ModuleOf<nn::Lstm<Hidden, Options...>> : RecurrentModule {};
template <class Layer>
struct ModuleOf<nn::Bidirectional<Layer>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    const Layout frame = frame_of<typename Bound::One>(layout);
    describe_direction(module, direction_of(nn::get<0>(p)), frame, "");
    describe_direction(module, direction_of(nn::get<1>(p)), frame, "_reverse");
  }
};

}  // namespace tools::pytorch

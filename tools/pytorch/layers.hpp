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

#include <array>
#include <cstddef>

#include "nn/nn.hpp"
#include "tools/pytorch/layout.hpp"
#include "tools/pytorch/module.hpp"

namespace tools::pytorch {

// Numbers in our order.
template <std::size_t Count>
Part vector_part(const std::string& name, std::array<float, Count>& numbers, float missing) {
  Part part{.name = name, .shapes = {{Count}}, .at = {}, .optional = true, .missing = missing};
  for (float& number : numbers) part.at.push_back(&number);
  return part;
}

// Numbers of a vector whose order PyTorch may have otherwise.
template <std::size_t Count>
Part vector_part(const std::string& name, std::array<float, Count>& numbers, float missing, const Layout& layout) {
  Part part{.name = name, .shapes = {{Count}}, .at = {}, .optional = true, .missing = missing};
  for (std::size_t i = 0; i < Count; ++i) part.at.push_back(&numbers[Count == layout.shape.size() ? layout(i) : i]);
  return part;
}

template <std::size_t Rows, std::size_t Columns>
void append_rows(Part& part, nn::Matrix<float, Rows, Columns>& rows, const Layout& layout) {
  for (auto& row : rows)
    for (std::size_t i = 0; i < Columns; ++i) part.at.push_back(&row[layout(i)]);
}

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
    Part weight{.name = "weight", .shapes = {{Outputs, Bound::Inputs}}, .at = {}};
    append_rows(weight, p.weight, layout);
    module.parts = {weight, vector_part("bias", p.bias, 0)};
    module.note = layout.note();
  }
};

// The shapes of a kernel [channels][H][W] of convolutions along two axes and, if it has one row, along one.
inline std::vector<Extents> kernel_shapes(std::uint64_t outputs, std::uint64_t channels, std::uint64_t height,
                                          std::uint64_t width) {
  std::vector<Extents> shapes{{outputs, channels, height, width}};
  if (height == 1) shapes.push_back({outputs, channels, width});
  return shapes;
}

template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct ModuleOf<nn::Conv2d<Outputs, Height, Width, Options...>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout&) {
    constexpr std::size_t Channels = Bound::Channels;
    Part weight{.name = "weight", .shapes = kernel_shapes(Outputs, Channels, Height, Width), .at = {}};
    if constexpr (Height * Width == 1) weight.shapes.push_back({Outputs, Channels});
    for (std::size_t o = 0; o < Outputs; ++o)
      for (std::size_t k = 0; k < Channels; ++k)
        for (std::size_t tap = 0; tap < Height * Width; ++tap) weight.at.push_back(&p.weight[o][tap * Channels + k]);
    module.parts = {weight, vector_part("bias", p.bias, 0)};
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
    Part weight{.name = "weight", .shapes = kernel_shapes(Bound::Outputs, 1, Height, Width), .at = {}};
    for (std::size_t o = 0; o < Bound::Outputs; ++o)
      for (std::size_t tap = 0; tap < Height * Width; ++tap) weight.at.push_back(&p.weight[tap][o]);
    module.parts = {weight, vector_part("bias", p.bias, 0)};
  }
};

// PyTorch adds an epsilon of 1e-5 to the variance and we one of 2^-10: the difference goes into the variance.
template <int Shift>
struct ModuleOf<nn::BatchNorm<Shift>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    Part mean = vector_part("running_mean", p.mean, 0, layout), variance = vector_part("running_var", p.variance, 1, layout);
    mean.optional = variance.optional = false;
    variance.less = 0x1p-10 - 1e-5;
    module.parts = {vector_part("weight", p.gamma, 1, layout), vector_part("bias", p.beta, 0, layout), mean, variance};
    module.counts = true;
    if (Bound::Channels == layout.shape.size()) module.note = layout.note();
  }
};

template <>
struct ModuleOf<nn::LayerNorm> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout& layout) {
    module.parts = {vector_part("weight", p.gamma, 1, layout), vector_part("bias", p.beta, 0, layout)};
    module.parts[0].optional = false;
    if (Bound::Channels == layout.shape.size()) module.note = layout.note();
  }
};

template <std::size_t Symbols, std::size_t Width>
struct ModuleOf<nn::Embedding<Symbols, Width>> {
  template <class Bound>
  static void describe(Module& module, auto& p, const Layout&) {
    Part weight{.name = "weight", .shapes = {{Symbols, Width}}, .at = {}};
    append_rows(weight, p.weight, {{.channels = Width}});
    module.parts = {weight};
  }
};

// One direction. Where we have one bias for two of PyTorch's, it is their sum; the candidate of a Gru has both.
template <class Cell>
void describe_direction(Module& module, typename Cell::Parameters& p, const Layout& frame, const std::string& suffix) {
  constexpr std::size_t rows = Cell::gate_count * Cell::hidden;
  Part input{.name = "weight_ih_l0" + suffix, .shapes = {{rows, Cell::features}}, .at = {}};
  append_rows(input, p.weight, frame);
  Part state{.name = "weight_hh_l0" + suffix, .shapes = {{rows, Cell::hidden}}, .at = {}};
  append_rows(state, p.recurrent, {{.channels = Cell::hidden}});
  if constexpr (requires { p.candidate; }) {
    append_rows(state, p.candidate, {{.channels = Cell::hidden}});
    module.refusal = "resets before the product with U (ResetBefore), and PyTorch's GRU behind it";
  }
  Part own = vector_part("bias_ih_l0" + suffix, p.bias, 0), other = vector_part("bias_hh_l0" + suffix, p.bias, 0);
  other.added = rows;
  if constexpr (requires { p.recurrent_bias; }) {
    other.added = rows - Cell::hidden;
    for (std::size_t i = 0; i < Cell::hidden; ++i) other.at[other.added + i] = &p.recurrent_bias[i];
  }
  module.parts.insert(module.parts.end(), {input, state, own, other});
  module.note = frame.note();
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
    describe_direction<typename Bound::Cell>(module, p, frame_of<Bound>(layout), "");
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
    using One = typename Bound::One;
    describe_direction<typename One::Cell>(module, nn::get<0>(p), frame_of<One>(layout), "");
    describe_direction<typename One::Cell>(module, nn::get<1>(p), frame_of<One>(layout), "_reverse");
  }
};

}  // namespace tools::pytorch

// Layers: a float network's layers as operators of TensorFlow Lite. Both have images as [height][width][channels], weights as
// [outputs][height][width][channels], those of a depthwise convolution as [height][width][outputs], and pad alike; so
// nothing is moved.
//
//   Dense                                  FULLY_CONNECTED          Relu, Relu6        fused, or RELU, RELU6
//   Conv2d, Conv1d                         CONV_2D                  LeakyRelu          LEAKY_RELU
//   DepthwiseConv2d                        DEPTHWISE_CONV_2D        Sigmoid, Tanh      LOGISTIC, TANH
//   MaxPool2d, AvgPool2d, GlobalAvgPool    MAX_POOL_2D, AVERAGE_POOL_2D, MEAN
//   Reshape, Flatten, Pad                  RESHAPE, PAD             Softmax            SOFTMAX
//   Residual, Concat                       ADD, CONCATENATION       Dropout            nothing
//   BatchNorm that nn::fold leaves         DEPTHWISE_CONV_2D of one pixel
//   Rnn, Gru, Lstm, Bidirectional          RNN_SEQUENCE, GRU_SEQUENCE, LSTM_SEQUENCE (recurrent.hpp)
//   Elu, Gelu, Silu, HardSigmoid, HardSwish, Softplus, and any other nn::Elementwise      a table (function.hpp)
//   LayerNorm, Embedding                   refused, by name
#pragma once

#include <cmath>
#include <type_traits>
#include <utility>

#include "nn/nn.hpp"
#include "tools/quantize/function.hpp"
#include "tools/quantize/recurrent.hpp"

namespace tools::quantizer {

template <class>
constexpr bool never = false;

class Layers : public RecurrentLayers {
  using Attributes = importer::Attributes;

 public:
  using RecurrentLayers::RecurrentLayers;

  // The layers of Net behind tensor x; gives the last one's output.
  template <class Net>
  int add(const typename Net::Parameters& parameters, int x) {
    Net::for_each_layer([&]<std::size_t I, class Layer>() {
      using Spec = typename Net::template Spec<I>;
      if constexpr (requires(Layers self) { self.operators<Layer>(Spec{}, nn::get<I>(parameters), x); })
        x = operators<Layer>(Spec{}, nn::get<I>(parameters), x);
      else
        refuse<Spec>();
      behind.push_back(x);
    });
    return x;
  }

  std::vector<int> behind;  // each layer of Net in turn, those of branches before the layer that they are in: a tensor

 private:
  template <class Stranger>
  static void refuse() {
    static_assert(never<Stranger>, "tools/quantize: this Stranger, a layer of the network, has no int8 form; expected those of "
                                   "tools/quantize/layers.hpp, or an nn::Elementwise if it is a function of one number");
  }
  template <class Layer>
  int operators(nn::LayerNorm, const auto&, int x) {
    static_assert(never<Layer>,
                  "tools/quantize: nn::LayerNorm has no int8 form, since it divides by what it finds in each step; "
                  "expected a network with nn::BatchNorm in its place, or one that stays in float or nn::Fixed16");
    return x;
  }
  template <class Layer, std::size_t Symbols, std::size_t Width>
  int operators(nn::Embedding<Symbols, Width>, const auto&, int x) {
    static_assert(never<Layer>,
                  "tools/quantize: nn::Embedding has no int8 form, since its input is symbols and no numbers of a scale; "
                  "expected a network that begins behind it, or one that stays in float or nn::Fixed16");
    return x;
  }

  template <class Layer, std::size_t Out>
  int operators(nn::Dense<Out>, const auto& p, int x) {
    return apply("fully_connected", {x, weights(p, {whole(Out), whole(Layer::Inputs)}), biases(p)}, Layer::output);
  }

  template <class Layer, std::size_t Out, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::Conv2d<Out, Height, Width, Steps...>, const auto& p, int x) {
    const int weight = weights(p, {whole(Out), whole(Height), whole(Width), whole(Layer::Channels)});
    return apply("conv_2d", {x, weight, biases(p)}, Layer::output, steps<Layer>());
  }

  template <class Layer, std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::DepthwiseConv2d<Multiplier, Height, Width, Steps...>, const auto& p, int x) {
    const int weight = weights(p, {1, whole(Height), whole(Width), whole(Layer::Outputs)});
    Attributes attributes = steps<Layer>();
    attributes.set("depth_multiplier", whole(Multiplier));
    return apply("depthwise_conv_2d", {x, weight, biases(p)}, Layer::output, attributes);
  }

  // y = factor · x + (beta - mean · factor)
  template <class Layer, int Shift>
  int operators(nn::BatchNorm<Shift>, const auto& p, int x) {
    std::vector<float> weight, bias;
    for (std::size_t k = 0; k < Layer::Channels; ++k) {
      weight.push_back(Layer::factor_of(p, k));
      bias.push_back(p.beta[k] - p.mean[k] * weight.back());
    }
    const int channels = whole(Layer::Channels);
    return apply("depthwise_conv_2d", {x, constant({1, 1, 1, channels}, weight), constant({channels}, bias)}, Layer::output);
  }

  template <class Layer, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::MaxPool2d<Height, Width, Steps...>, const auto&, int x) {
    return apply("max_pool_2d", {x}, Layer::output, steps<Layer>());
  }
  template <class Layer, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::AvgPool2d<Height, Width, Steps...>, const auto&, int x) {
    return apply("average_pool_2d", {x}, Layer::output, steps<Layer>());
  }
  template <class Layer>
  int operators(nn::GlobalAvgPool, const auto&, int x) {
    return apply("mean", {x, constant({2}, std::vector<std::int32_t>{1, 2})}, Layer::output, {{"keep_dims", true}});
  }

  template <class Layer, std::size_t... Extents>
  int operators(nn::Reshape<Extents...>, const auto&, int x) {
    return reshape(x, Layer::output);
  }
  template <class Layer>
  int operators(nn::Flatten, const auto&, int x) {
    return reshape(x, Layer::output);
  }
  template <class Layer, std::size_t Top, std::size_t Bottom, std::size_t Left, std::size_t Right>
  int operators(nn::Pad<Top, Bottom, Left, Right>, const auto&, int x) {
    const std::vector<std::int32_t> paddings{0, 0, whole(Top), whole(Bottom), whole(Left), whole(Right), 0, 0};
    return apply("pad", {x, constant({4, 2}, paddings)}, Layer::output);
  }
  template <class Layer, unsigned Percent>
  int operators(nn::Dropout<Percent>, const auto&, int x) {
    return x;
  }

  template <class Layer>
  int operators(nn::Relu, const auto&, int x) {
    return fuse(x, "relu") ? x : apply("relu", {x}, Layer::output);
  }
  template <class Layer>
  int operators(nn::Relu6, const auto&, int x) {
    return fuse(x, "relu6") ? x : apply("relu6", {x}, Layer::output);
  }
  template <class Layer, int Shift>
  int operators(nn::LeakyRelu<Shift>, const auto&, int x) {
    return apply("leaky_relu", {x}, Layer::output, {{"alpha", std::ldexp(1.0f, -Shift)}});
  }
  template <class Layer>
  int operators(nn::Sigmoid, const auto&, int x) {
    return apply("logistic", {x}, Layer::output);
  }
  template <class Layer>
  int operators(nn::Tanh, const auto&, int x) {
    return apply("tanh", {x}, Layer::output);
  }
  template <class Layer, class Function>
    requires std::is_base_of_v<nn::Elementwise<Function>, Function>
  int operators(Function, const auto&, int x) {
    return apply(std::string{function_kind<Function>.name}, {x}, Layer::output);
  }
  template <class Layer, class Spec>
    requires is_recurrent<Spec>
  int operators(Spec spec, const auto& p, int x) {
    return recurrent<Layer>(spec, p, x);
  }
  // Over all numbers; TensorFlow Lite's is over the channels of each pixel.
  template <class Layer>
  int operators(nn::Softmax, const auto&, int x) {
    const nn::Shape flat{.channels = Layer::Count};
    if (Layer::output != flat) x = reshape(x, flat);
    return apply("softmax", {x}, flat);
  }

  template <class Layer, class... Branch>
  int operators(nn::Branches<nn::Add, Branch...>, const auto& p, int x) {
    return apply("add", branches<Layer>(p, x), Layer::output);
  }
  template <class Layer, class... Branch>
  int operators(nn::Branches<nn::Channels, Branch...>, const auto& p, int x) {
    return apply("concatenation", branches<Layer>(p, x), Layer::output, {{"axis", 3}});
  }

  // The outputs of branches that begin at x.
  template <class Layer>
  std::vector<int> branches(const auto& p, int x) {
    std::vector<int> outputs;
    [&]<std::size_t... B>(std::index_sequence<B...>) {
      (outputs.push_back(branch(x, [&](int from) { return chain<typename Layer::template BranchAt<B>>(nn::get<B>(p), from); })),
       ...);
    }(std::make_index_sequence<std::tuple_size_v<typename Layer::Bounds>>{});
    return outputs;
  }
  template <class Branch>
  int chain(const auto& p, int x) {
    if constexpr (requires { typename Branch::Topology; }) return add<typename Branch::Topology>(p, x);
    else return x;
  }

  int reshape(int x, const nn::Shape& shape) { return apply("reshape", {x}, shape); }

  template <class Layer>
  static Attributes steps() {
    constexpr nn::Axis rows = Layer::Window::rows;
    constexpr nn::Axis columns = Layer::Window::columns;
    Attributes made{{"padding", rows.same ? "same" : "valid"},
                    {"stride_h", whole(rows.stride)},     {"stride_w", whole(columns.stride)},
                    {"dilation_h", whole(rows.dilation)}, {"dilation_w", whole(columns.dilation)},
                    {"filter_h", whole(rows.taps)},       {"filter_w", whole(columns.taps)}};
    if (rows.given || columns.given || columns.causal) {
      made.set("padding", std::string{"explicit"});
      made.set("pads", std::vector<std::int64_t>{whole(rows.before()), whole(columns.before()), whole(rows.after()),
                                                 whole(columns.after())});
    }
    return made;
  }

  int weights(const auto& p, std::vector<int> shape) {
    std::vector<float> all;
    for (const auto& row : p.weight) all.insert(all.end(), row.begin(), row.end());
    return constant(std::move(shape), all);
  }
  int biases(const auto& p) { return constant({whole(p.bias.size())}, std::vector<float>(p.bias.begin(), p.bias.end())); }
};

struct FloatModel {
  importer::Model model;
  std::vector<int> behind;  // the tensor of the input, and those behind each layer: Layers::behind
};

// Net in float, its BatchNorms folded, as a model; `name` is what failures call it.
template <class Net>
FloatModel float_tensors(const std::string& name, const typename nn::Folded<Net>::Parameters& parameters) {
  static_assert(std::is_same_v<typename Net::Arithmetic, nn::ArithmeticOf<float>>,
                "tools/quantize: the network to be quantized must be in float");
  Layers layers{name};
  const int x = layers.input(Net::input_shape);
  layers.behind.push_back(x);
  const int y = layers.add<nn::Folded<Net>>(parameters, x);
  return {layers.finish(y), layers.behind};
}
template <class Net>
importer::Model float_model(const std::string& name, const typename nn::Folded<Net>::Parameters& parameters) {
  return float_tensors<Net>(name, parameters).model;
}

}  // namespace tools::quantizer

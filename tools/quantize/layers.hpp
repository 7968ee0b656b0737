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
#include <initializer_list>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

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
    return weighted("fully_connected", x, all(p.weight), {whole(Out), whole(Layer::Inputs)}, p.bias, Layer::output);
  }

  template <class Layer, std::size_t Out, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::Conv2d<Out, Height, Width, Steps...>, const auto& p, int x) {
    return weighted("conv_2d", x, all(p.weight), {whole(Out), whole(Height), whole(Width), whole(Layer::Channels)}, p.bias,
                    Layer::output, steps<Layer>());
  }

  template <class Layer, std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::DepthwiseConv2d<Multiplier, Height, Width, Steps...>, const auto& p, int x) {
    Attributes attributes = steps<Layer>();
    attributes.set("depth_multiplier", whole(Multiplier));
    return weighted("depthwise_conv_2d", x, all(p.weight), {1, whole(Height), whole(Width), whole(Layer::Outputs)}, p.bias,
                    Layer::output, attributes);
  }

  // y = factor · x + (beta - mean · factor)
  template <class Layer, int Shift>
  int operators(nn::BatchNorm<Shift>, const auto& p, int x) {
    std::vector<float> weight, bias;
    for (std::size_t k = 0; k < Layer::Channels; ++k) {
      weight.push_back(Layer::factor_of(p, k));
      bias.push_back(p.beta[k] - p.mean[k] * weight.back());
    }
    return weighted("depthwise_conv_2d", x, weight, {1, 1, 1, whole(Layer::Channels)}, bias, Layer::output);
  }

  template <class Layer, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::MaxPool2d<Height, Width, Steps...>, const auto&, int x) {
    return alone("max_pool_2d", x, Layer::output, steps<Layer>());
  }
  template <class Layer, std::size_t Height, std::size_t Width, class... Steps>
  int operators(nn::AvgPool2d<Height, Width, Steps...>, const auto&, int x) {
    return alone("average_pool_2d", x, Layer::output, steps<Layer>());
  }
  template <class Layer>
  int operators(nn::GlobalAvgPool, const auto&, int x) {
    return apply("mean", {x, constant({2}, std::vector<std::int32_t>{1, 2})}, Layer::output, {{"keep_dims", true}});
  }

  template <class Layer, std::size_t... Extents>
  int operators(nn::Reshape<Extents...>, const auto&, int x) {
    return alone("reshape", x, Layer::output);
  }
  template <class Layer>
  int operators(nn::Flatten, const auto&, int x) {
    return alone("reshape", x, Layer::output);
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
    return rectified("relu", x, Layer::output);
  }
  template <class Layer>
  int operators(nn::Relu6, const auto&, int x) {
    return rectified("relu6", x, Layer::output);
  }
  template <class Layer, int Shift>
  int operators(nn::LeakyRelu<Shift>, const auto&, int x) {
    return apply("leaky_relu", {x}, Layer::output, {{"alpha", std::ldexp(1.0f, -Shift)}});
  }
  template <class Layer>
  int operators(nn::Sigmoid, const auto&, int x) {
    return alone("logistic", x, Layer::output);
  }
  template <class Layer>
  int operators(nn::Tanh, const auto&, int x) {
    return alone("tanh", x, Layer::output);
  }
  template <class Layer, class Function>
    requires std::is_base_of_v<nn::Elementwise<Function>, Function>
  int operators(Function, const auto&, int x) {
    return alone(function_kind<Function>.name, x, Layer::output);
  }
  template <class Layer, class Spec>
    requires is_recurrent<Spec>
  int operators(Spec spec, const auto& p, int x) {
    return recurrent<Layer>(spec, p, x);
  }
  // Over all numbers; TensorFlow Lite's is over the channels of each pixel.
  template <class Layer>
  int operators(nn::Softmax, const auto&, int x) {
    constexpr nn::Shape flat{.channels = Layer::Count};
    if constexpr (Layer::output != flat) x = alone("reshape", x, flat);
    return alone("softmax", x, flat);
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

  template <class Layer>
  static Attributes steps() {
    return steps(Layer::Window::rows, Layer::Window::columns);
  }
  static Attributes steps(const nn::Axis& rows, const nn::Axis& columns);

  // An operator of x alone, of x with weights and biases, and an activation, which others may take over.
  int alone(std::string_view kind, int x, const nn::Shape& output, const Attributes& attributes = {});
  int weighted(const char* kind, int x, std::span<const float> weight, std::initializer_list<int> shape,
               std::span<const float> bias, const nn::Shape& output, const Attributes& attributes = {});
  int rectified(const char* kind, int x, const nn::Shape& output);
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

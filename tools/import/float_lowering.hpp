// FloatLowering: the operators on float32.
#pragma once

#include "tools/import/movement_lowering.hpp"
#include "tools/import/phases.hpp"

namespace tools::importer {

class FloatLowering : public MovementLowering {
 protected:
  using MovementLowering::MovementLowering;

  using Limits = nn::float32::Limits;

  static Limits limits(tflite::Activation activation) {
    switch (activation) {
      case tflite::Activation::relu: return {.least = 0, .most = Limits{}.most};
      case tflite::Activation::relu6: return {.least = 0, .most = 6};
      case tflite::Activation::relu_n1_to_1: return {.least = -1, .most = 1};
      default: return {};
    }
  }

  const float* constants(const tflite::Tensor& tensor, const std::string& what) {
    require_constant(tensor, what);
    return result.floats.emplace_back(numbers<float>(tensor)).data();
  }
  const float* float_biases(int outputs, std::size_t input = 2) {
    if (operation().inputs.size() <= input || operation().inputs[input] < 0)
      return result.floats.emplace_back(static_cast<std::size_t>(outputs), 0.0f).data();
    return constants(in(input), "biases");
  }

  void lower_float() {
    using namespace nn::float32;
    const Limits fused = limits(options().activation);
    const std::int32_t count = elements(in(0).shape);
    const auto line = [&](float slope, Limits range) { apply(nn::float32::Activation{count, Curve::line, slope, range}); };
    switch (operation().op) {
      case Op::conv_2d: {
        const std::vector<int>& shape = in(1).shape;  // outputs, height, width, channels
        require_one_group();
        const float* weight = constants(in(1), "weights");
        return apply(nn::float32::Conv2d{window(shape[1], shape[2]), weight, float_biases(shape[0]), fused});
      }
      case Op::depthwise_conv_2d: {
        const std::vector<int>& shape = in(1).shape;  // 1, height, width, outputs
        const std::int32_t multiplier = shape[3] / in(0).shape.back();
        const float* weight = constants(in(1), "weights");
        return apply(nn::float32::DepthwiseConv2d{window(shape[1], shape[2]), multiplier, weight, float_biases(shape[3]), fused});
      }
      case Op::fully_connected: {
        const std::vector<int>& shape = in(1).shape;  // outputs, inputs
        const float* weight = constants(in(1), "weights");
        return apply(nn::float32::FullyConnected{count / shape[1], shape[1], shape[0], weight, float_biases(shape[0]), fused});
      }
      case Op::transpose_conv: {
        const TransposeWindow read = transpose_window();
        constants(in(1), "weights");
        std::vector<float>& weight = result.floats.back();
        weight = in_phases(read, weight);
        return apply(nn::float32::TransposeConv2d{read, weight.data(), float_biases(read.output.channels), fused});
      }
      case Op::svdf: {
        const std::vector<int>& shape = in(1).shape;  // filters, inputs
        const std::int32_t units = shape[0] / options().rank;
        const float* feature = constants(in(1), "weights");
        const float* time = constants(in(2), "weights");
        const float* bias = float_biases(units, 3);
        return apply(nn::float32::Svdf{in(0).shape[0], shape[1], units, options().rank, in(2).shape[1], feature, time, bias, fused});
      }
      case Op::average_pool_2d: return apply(Pool2d{window(options().filter_h, options().filter_w), Pooling::mean, fused});
      case Op::max_pool_2d: return apply(Pool2d{window(options().filter_h, options().filter_w), Pooling::largest, fused});
      case Op::mean: return apply(Pool2d{reduced(), Pooling::mean, {}});
      case Op::sum: return apply(Pool2d{reduced(), Pooling::sum, {}});
      case Op::reduce_max: return apply(Pool2d{reduced(), Pooling::largest, {}});
      case Op::add: return apply(Arithmetic{broadcast(), Combination::sum, fused}, 2);
      case Op::sub: return apply(Arithmetic{broadcast(), Combination::difference, fused}, 2);
      case Op::mul: return apply(Arithmetic{broadcast(), Combination::product, fused}, 2);
      case Op::relu: return line(1, limits(tflite::Activation::relu));
      case Op::relu6: return line(1, limits(tflite::Activation::relu6));
      case Op::relu_n1_to_1: return line(1, limits(tflite::Activation::relu_n1_to_1));
      case Op::leaky_relu: return line(options().alpha, {});
      case Op::logistic: return apply(nn::float32::Activation{count, Curve::logistic, 1, {}});
      case Op::tanh: return apply(nn::float32::Activation{count, Curve::tanh, 1, {}});
      case Op::hard_swish: return apply(nn::float32::Activation{count, Curve::hard_swish, 1, {}});
      case Op::softmax: return apply(nn::float32::Softmax{count / in(0).shape.back(), in(0).shape.back(), options().beta});
      case Op::pad:
      case Op::pad_v2: return pad(0.0f);
      case Op::concatenation: return concatenation();
      default: refuse_type(in(0).type);
    }
  }
};

}  // namespace tools::importer

// Int16Lowering: the operators that read or write int16, as far as TensorFlow Lite Micro has them.
#pragma once

#include "tools/import/int16_tables.hpp"
#include "tools/import/quantized_lowering.hpp"

namespace tools::importer {

class Int16Lowering : public QuantizedLowering {
 protected:
  using QuantizedLowering::QuantizedLowering;

  using Code = std::int16_t;

  void lower_int16() {
    using namespace nn::int16;
    const std::int32_t count = elements(in(0).shape);
    switch (operation().op) {
      case Op::quantize: return quantize_int16();
      case Op::dequantize:
        return apply(nn::int16::Dequantize{count, scale(in(0)), zero(in(0))});
      case Op::softmax: return in(0).type == Type::int8 ? softmax_of_int8() : softmax_int16();
      default: break;
    }
    switch (operation().op) {
      case Op::conv_2d: return conv_2d_int16();
      case Op::depthwise_conv_2d: return depthwise_conv_2d_int16();
      case Op::fully_connected: return fully_connected_int16();
      case Op::average_pool_2d: return apply(nn::int16::AveragePool2d{averaged(), output_range()});
      case Op::max_pool_2d:
        require_same_quantization();
        return apply(nn::int16::MaxPool2d{window(options().filter_h, options().filter_w), output_range()});
      case Op::add:
      case Op::sub: return add<Code>();
      case Op::mul:
        require_symmetric(in(0));
        require_symmetric(in(1));
        require_symmetric(out());
        return mul<Code>();
      case Op::mean:
      case Op::sum: return mean<Code>();
      case Op::pad:
      case Op::pad_v2: return pad(Code{0});
      case Op::concatenation: return concatenation();
      case Op::relu: {
        const Scale to = fixed_scale(static_cast<double>(scale(in(0)) / scale(out())));
        return rescale<Code, Code>(to, to, {zero(out()), zero(out()), 32767});
      }
      case Op::relu6: {
        require_same_quantization();
        const Scale same = fixed_scale(1);
        const Range range = activation_range(tflite::Activation::relu6, scale(out()), zero(out()), -32768, 32767);
        return rescale<Code, Code>(same, same, range);
      }
      case Op::leaky_relu:
        return rescale<Code, Code>(fixed_scale(static_cast<double>(scale(in(0)) / scale(out()))),
                                   fixed_scale(static_cast<double>(scale(in(0)) * options().alpha / scale(out()))), whole_range());
      case Op::logistic: return apply(Logistic{count, sigmoid_input(0), sigmoid()});
      case Op::tanh: return apply(Tanh{count, sigmoid_input(1), sigmoid()});
      default: refuse_type(in(0).type);
    }
  }

 private:
  template <class To, class From>
  void rescale(Scale positive, Scale negative, Range range) {
    apply(nn::int16::Rescale<To, From>{elements(in(0).shape), zero(in(0)), positive, negative, range});
  }

  void quantize_int16() {
    if (in(0).type == Type::float32) {
      return apply(nn::int16::Quantize{elements(in(0).shape), scale(out()), whole_range()});
    }
    require_type(in(0), "an input", in(0).type == Type::int8 ? Type::int8 : Type::int16);
    require_type(out(), "an output", out().type == Type::int8 ? Type::int8 : Type::int16);
    const Scale to = fixed_scale(static_cast<double>(scale(in(0))) / static_cast<double>(scale(out())));
    if (in(0).type == Type::int8) return rescale<Code, std::int8_t>(to, to, whole_range());
    if (out().type == Type::int8) return rescale<std::int8_t, Code>(to, to, whole_range());
    rescale<Code, Code>(to, to, whole_range());
  }

  // Convolutions and matrices. In CONV_2D and FULLY_CONNECTED biases of int64 make the sums wide; of int32, or without biases, they
  // have 32 bits. In DEPTHWISE_CONV_2D they are always wide.
  nn::Int16Output output(std::size_t outputs, bool wide) {
    require_symmetric(in(0));
    require_symmetric(out());
    const auto [scale_list, step] = scales();
    std::vector<std::int64_t>& bias = result.longs.emplace_back(outputs, 0);
    if (has_bias()) {
      require_constant(in(2), "biases");
      if (in(2).type == Type::int64) bias = numbers<std::int64_t>(in(2));
      if (in(2).type == Type::int32) std::ranges::copy(numbers<std::int32_t>(in(2)), bias.begin());
    }
    constexpr std::int64_t most = std::int64_t{1} << 46;
    for (std::int64_t value : bias)
      require(-most <= value && value <= most, "has the bias " + std::to_string(value), "biases within 2^46");
    for (Scale to : result.scales.back())
      require(!wide || to.shift < 8, "has weights of a large scale", "sums that are multiplied by less than 128");
    return {bias.data(), scale_list, step, output_range(), wide};
  }
  bool has_bias() const { return operation().inputs.size() > 2 && operation().inputs[2] >= 0; }
  bool has_bias_of(Type type) const { return has_bias() && in(2).type == type; }

  void conv_2d_int16() {
    const std::vector<int>& shape = in(1).shape;  // outputs, height, width, channels
    const Window read = window(shape[1], shape[2]);
    require_one_group();
    const std::int8_t* weight = weights(in(1)).data();
    apply(nn::int16::Conv2d{read, weight, output(static_cast<std::size_t>(shape[0]), has_bias_of(Type::int64))});
  }

  void depthwise_conv_2d_int16() {
    const std::vector<int>& shape = in(1).shape;  // 1, height, width, outputs
    const Window read = window(shape[1], shape[2]);
    require(!has_bias_of(Type::int32), "has biases of int32", "int64");
    const std::int8_t* weight = weights(in(1)).data();
    apply(nn::int16::DepthwiseConv2d{read, shape[3] / read.input.channels, weight, output(static_cast<std::size_t>(shape[3]), true)});
  }

  void fully_connected_int16() {
    const std::vector<int>& shape = in(1).shape;  // outputs, inputs
    const std::int8_t* weight = weights(in(1)).data();
    apply(nn::int16::FullyConnected{elements(in(0).shape) / shape[1], shape[1], shape[0], weight,
                                    output(static_cast<std::size_t>(shape[0]), has_bias_of(Type::int64))});
  }

  // Powers of two have a multiplier of their own, up to 2^(most - 12); those of other scales are cut off.
  nn::int16::SigmoidInput sigmoid_input(int most) const {
    require_symmetric(in(0));
    require_symmetric(out());
    require(whole_log2(scale(out())) == -15, "has an output of another scale", "scale 1/32768");
    if (const auto power = whole_log2(scale(in(0))); power && *power >= -12 && *power <= most - 12) return {3 << (*power + 12), 0};
    double multiplier = static_cast<double>(scale(in(0))) * 3 * 4096;
    require(multiplier <= 32767, "has inputs of a large scale", "a scale of at most 32767/12288");
    int shift = 0;
    for (; multiplier <= 32767.0 / 2 && shift <= 30; ++shift) multiplier *= 2;
    return {static_cast<std::int32_t>(multiplier), shift};
  }
  const std::uint16_t* sigmoid() { return result.unsigned_halves.emplace_back(sigmoid_table()).data(); }

  void softmax_of_int8() {
    require(std::abs(scale(out()) * 65536 - 1) < 0.001f && zero(out()) == -32768, "has an output of another scale",
            "scale 1/65536 and zero point -32768");
    const SoftmaxScale of = softmax_scale();
    const int classes = in(0).shape.back();
    apply(nn::int16::SoftmaxOfInt8{elements(in(0).shape) / classes, classes, of.scale, of.least_difference});
  }

  void softmax_int16() {
    require(std::abs(scale(out()) * 32768 - 1) < 0.001f && zero(out()) == 0, "has an output of another scale",
            "scale 1/32768 and zero point 0");
    const int classes = in(0).shape.back();
    require(classes < 65536, "has " + std::to_string(classes) + " classes", "at most 65535");
    const Scale to = fixed_scale(static_cast<double>(scale(in(0))) * static_cast<double>(options().beta) / (10.0 / 65535.0));
    require(to.shift < 15, "has inputs of a large scale", "differences that do not overflow");
    const std::int16_t* exponential = result.halves.emplace_back(exponential_table()).data();
    const std::int16_t* reciprocal = result.halves.emplace_back(reciprocal_table()).data();
    apply(nn::int16::Softmax{elements(in(0).shape) / classes, classes, to, exponential, reciprocal});
  }
};

}  // namespace tools::importer

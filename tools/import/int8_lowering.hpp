// Int8Lowering: the operators on int8.
#pragma once

#include "tools/import/rows.hpp"
#include "tools/import/state_lowering.hpp"
#include "tools/import/tables.hpp"

namespace tools::importer {

class Int8Lowering : public StateLowering {
 protected:
  using StateLowering::StateLowering;

  void lower_int8() {
    require_type(in(0), "an input", Type::int8);
    require_type(out(), "an output", Type::int8);
    switch (operation().op) {
      case Op::conv_2d: return conv_2d();
      case Op::depthwise_conv_2d: return depthwise_conv_2d();
      case Op::transpose_conv: return transpose_conv();
      case Op::fully_connected: return fully_connected();
      case Op::average_pool_2d: return apply(AveragePool2d{averaged(), output_range()});
      case Op::max_pool_2d:
        require_same_quantization();
        return apply(MaxPool2d{window(options().filter_h, options().filter_w), output_range()});
      case Op::reduce_max:
        require_same_quantization();
        return apply(MaxPool2d{reduced(), {}});
      case Op::add:
      case Op::sub: return add<std::int8_t>();
      case Op::mul: return mul<std::int8_t>();
      case Op::prelu: return prelu();
      case Op::svdf: return svdf();
      case Op::unidirectional_sequence_lstm: return lstm();
      case Op::softmax: return softmax();
      case Op::pad:
      case Op::pad_v2: return pad(static_cast<std::int8_t>(zero(out())));
      case Op::concatenation: return concatenation();
      case Op::mean:
      case Op::sum: return mean<std::int8_t>();
      default: break;
    }
    const auto values = table(operation(), in(0), out());
    if (!values && operation().op == Op::hard_swish)
      refuse("has scales that are too far apart, or too large or small", "the input's from 1/256 of the output's to 128 of it");
    if (!values) refuse_type(in(0).type);
    result.bytes.emplace_back(values->begin(), values->end());
    apply(Lookup{elements(in(0).shape), result.bytes.back().data()});
  }

  void quantize() {
    require_type(out(), "an output", Type::int8);
    apply(Quantize{elements(in(0).shape), scale(out()), whole_range()});
  }

  void dequantize() {
    require_type(in(0), "an input", Type::int8);
    apply(Dequantize{elements(in(0).shape), scale(in(0)), zero(in(0))});
  }

 private:
  // Weights with their biases, in which -zero·Σ w is folded in, as sums wrap. There may be a bias for each of some phases.
  struct Folded {
    const std::int8_t* weight;
    const std::int32_t* bias;
    const Scale* scale;
    std::int32_t step;
    bool simple;
  };
  // `owner` says which bias a weight's sum begins with.
  Folded folded(const std::vector<std::int8_t>& weight, std::size_t outputs, auto owner, std::size_t phases = 1) {
    const auto [scale, step] = scales();
    std::vector<std::int32_t> bias(outputs, 0);
    if (operation().inputs.size() > 2 && operation().inputs[2] >= 0) {
      require_constant(in(2), "biases");
      bias = numbers<std::int32_t>(in(2));
    }
    std::vector<std::uint32_t> sum;
    for (std::size_t phase = 0; phase < phases; ++phase) sum.insert(sum.end(), bias.begin(), bias.end());
    for (std::size_t i = 0; i < weight.size(); ++i) sum[owner(i)] -= static_cast<std::uint32_t>(zero(in(0)) * weight[i]);
    const std::vector<std::int32_t>& all = result.words.emplace_back(sum.begin(), sum.end());
    return {weight.data(), all.data(), scale, step, simple(all, weight, result.scales.back(), owner)};
  }

  void conv_2d() {
    const std::vector<int>& shape = in(1).shape;  // outputs, height, width, channels
    const Window read = window(shape[1], shape[2]);
    const std::vector<std::int8_t>& weight = weights(in(1));
    const std::size_t outputs = static_cast<std::size_t>(shape[0]);
    const std::size_t depth = weight.size() / outputs;
    const Folded o = folded(weight, outputs, [depth](std::size_t i) { return i / depth; });
    const std::int8_t padding = static_cast<std::int8_t>(zero(in(0)));
    if (const std::int32_t groups = read.input.channels / shape[3]; groups > 1)
      return apply(GroupedConv2d{read, groups, padding, o.weight, o.bias, o.scale, o.step, output_range(), o.simple});
    apply(Conv2d{read, padding, o.weight, o.bias, o.scale, o.step, output_range(), o.simple});
  }

  void depthwise_conv_2d() {
    const std::vector<int>& shape = in(1).shape;  // 1, height, width, outputs
    const Window read = window(shape[1], shape[2]);
    const std::size_t outputs = static_cast<std::size_t>(shape[3]);
    const Folded o = folded(weights(in(1)), outputs, [outputs](std::size_t i) { return i % outputs; });
    const std::int8_t padding = static_cast<std::int8_t>(zero(in(0)));
    apply(DepthwiseConv2d{read, shape[3] / read.input.channels, padding, o.weight, o.bias, o.scale, o.step, output_range(), o.simple});
  }

  void transpose_conv() {
    const TransposeWindow read = transpose_window();
    std::vector<std::int8_t>& weight = weights(in(1));
    weight = in_phases(read, weight);
    const std::vector<std::size_t> owners = owners_in_phases(read);
    const Folded o = folded(weight, static_cast<std::size_t>(read.output.channels), [&owners](std::size_t i) { return owners[i]; },
                            static_cast<std::size_t>(read.phases()));
    apply(TransposeConv2d{read, static_cast<std::int8_t>(zero(in(0))), o.weight, o.bias, o.scale, o.step, output_range(), o.simple});
  }

  void fully_connected() {
    const std::vector<int>& shape = in(1).shape;  // outputs, inputs
    const std::size_t depth = static_cast<std::size_t>(shape[1]);
    const Folded o = folded(weights(in(1)), static_cast<std::size_t>(shape[0]), [depth](std::size_t i) { return i / depth; });
    apply(FullyConnected{elements(in(0).shape) / shape[1], shape[1], shape[0], o.weight, o.bias, o.scale, o.step, output_range(), o.simple});
  }

  void prelu() {
    require_constant(in(1), "slopes");
    const double x = static_cast<double>(scale(in(0))), y = static_cast<double>(scale(out()));
    const Scale below = fixed_scale(x * static_cast<double>(scale(in(1))) / y);
    const std::vector<std::int8_t>& slopes = result.bytes.emplace_back(numbers<std::int8_t>(in(1)));
    apply(Prelu{broadcast(), slopes.data(), elements(in(1).shape), zero(in(0)), zero(in(1)), fixed_scale(x / y), below, whole_range()});
  }

  void softmax() {
    require(scale(out()) == 1.0f / 256 && zero(out()) == -128, "has an output of another scale", "scale 1/256 and zero point -128");
    const SoftmaxScale of = softmax_scale();
    const int classes = in(0).shape.back();
    apply(Softmax{elements(in(0).shape) / classes, classes, of.scale, of.least_difference});
  }
};

}  // namespace tools::importer

#include "tools/import/int16_lowering.hpp"
#include "tools/import/tables.hpp"

namespace tools::importer {

namespace {

// The operators on int8, and the order of all.
class WholeLowering : public Int16Lowering {
 public:
  using Int16Lowering::Int16Lowering;

  Network network() && {
    for (int input : model.inputs) result.inputs.push_back(tensor(input));
    for (index = 0; index < model.operators.size(); ++index) lower_operator();
    for (int output : model.outputs) result.outputs.push_back(tensor(output));
    return std::move(result);
  }

 private:
  // The bias with -zero·Σ w folded in, as sums wrap. Output o owns the weights for which `owner` gives o; it may have some
  // phases, then o + phase·outputs.
  const std::int32_t* biases(std::size_t outputs, const std::vector<std::int8_t>& weight, auto owner, std::size_t phases = 1) {
    std::vector<std::int32_t> bias(outputs, 0);
    if (operation().inputs.size() > 2 && operation().inputs[2] >= 0) {
      require(in(2).type == Type::int32 && !in(2).data.empty(), std::string{"has a bias of type "} + tflite::name(in(2).type), "constants of int32");
      bias = numbers<std::int32_t>(in(2));
      require(bias.size() == outputs, "has " + std::to_string(bias.size()) + " biases", std::to_string(outputs));
    }
    std::vector<std::uint32_t> sum;
    for (std::size_t phase = 0; phase < phases; ++phase) sum.insert(sum.end(), bias.begin(), bias.end());
    for (std::size_t i = 0; i < weight.size(); ++i) sum[owner(i)] -= static_cast<std::uint32_t>(zero(in(0)) * weight[i]);
    return result.words.emplace_back(sum.begin(), sum.end()).data();
  }

  // Do all sums stay within ±2^30, and do all scales shift to the right?
  bool simple(const std::vector<std::int8_t>& weight, auto owner) const {
    std::vector<std::int64_t> bound;
    for (std::int32_t bias : result.words.back()) bound.push_back(std::abs(std::int64_t{bias}));
    for (std::size_t i = 0; i < weight.size(); ++i) bound[owner(i)] += 128 * std::abs(std::int64_t{weight[i]});
    return std::ranges::all_of(bound, [](std::int64_t sum) { return sum < 1 << 30; }) &&
           std::ranges::all_of(result.scales.back(), [](Scale scale) { return scale.shift < 0; });
  }

  void lower_operator() {
    const Op op = operation().op;
    if (move()) return;
    if (operation().outputs.size() != 1) refuse("has " + std::to_string(operation().outputs.size()) + " outputs", "1");
    if (op == Op::reshape || op == Op::squeeze || op == Op::expand_dims) return remove();
    if (op == Op::quantize && in(0).type == Type::float32 && out().type != Type::int16) return quantize();
    if (op == Op::dequantize && in(0).type != Type::int16) return dequantize();
    if (operation().inputs.empty() || operation().inputs[0] < 0) refuse("has no input", "one");
    if (op == Op::other) refuse("is not supported", supported);
    if (in(0).type == Type::int16 || out().type == Type::int16) return lower_int16();
    if (in(0).type == Type::float32) return lower_float();
    require_quantized(in(0), "an input");
    require_quantized(out(), "an output");
    switch (op) {
      case Op::conv_2d: return conv_2d();
      case Op::depthwise_conv_2d: return depthwise_conv_2d();
      case Op::transpose_conv: return transpose_conv();
      case Op::fully_connected: return fully_connected();
      case Op::average_pool_2d:
        require_same_quantization();
        return apply(AveragePool2d{window(options().filter_h, options().filter_w), output_range()});
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
    if (!values) refuse("is not supported", supported);
    result.bytes.emplace_back(values->begin(), values->end());
    apply(Lookup{elements(in(0).shape), result.bytes.back().data()});
  }

  void conv_2d() {
    const std::vector<int>& shape = in(1).shape;  // outputs, height, width, channels
    require(shape.size() == 4, "has weights of the shape " + tflite::text(shape), "four dimensions");
    const Window read = window(shape[1], shape[2]);
    const std::vector<std::int8_t>& weight = weights(in(1));
    const std::size_t outputs = static_cast<std::size_t>(shape[0]);
    const std::size_t depth = weight.size() / outputs;
    const auto [scale, step] = scales(outputs);
    const auto owner = [&](std::size_t i) { return i / depth; };
    const std::int32_t* bias = biases(outputs, weight, owner);
    const std::int8_t padding = static_cast<std::int8_t>(zero(in(0)));
    if (const std::int32_t groups = read.input.channels / shape[3]; groups > 1)
      return apply(GroupedConv2d{read, groups, padding, weight.data(), bias, scale, step, output_range(), simple(weight, owner)});
    apply(Conv2d{read, padding, weight.data(), bias, scale, step, output_range(), simple(weight, owner)});
  }

  void depthwise_conv_2d() {
    const std::vector<int>& shape = in(1).shape;  // 1, height, width, outputs
    require(shape.size() == 4, "has weights of the shape " + tflite::text(shape), "four dimensions");
    const Window read = window(shape[1], shape[2]);
    const std::vector<std::int8_t>& weight = weights(in(1));
    const std::size_t outputs = static_cast<std::size_t>(shape[3]);
    require(read.output.channels == shape[3] && shape[3] % read.input.channels == 0, "has " + std::to_string(shape[3]) + " outputs", "a multiple of the channels of its input");
    const auto [scale, step] = scales(outputs);
    const auto owner = [&](std::size_t i) { return i % outputs; };
    const std::int32_t* bias = biases(outputs, weight, owner);
    apply(DepthwiseConv2d{read, shape[3] / read.input.channels, static_cast<std::int8_t>(zero(in(0))), weight.data(), bias, scale, step, output_range(), simple(weight, owner)});
  }

  void transpose_conv() {
    const TransposeWindow read = transpose_window();
    std::vector<std::int8_t>& weight = weights(in(1));
    weight = in_phases(read, weight);
    const std::size_t outputs = static_cast<std::size_t>(read.output.channels);
    const auto [scale, step] = scales(outputs);
    const auto owner = [owners = owners_in_phases(read)](std::size_t i) { return owners[i]; };
    const std::int32_t* bias = biases(outputs, weight, owner, static_cast<std::size_t>(read.phases()));
    apply(TransposeConv2d{read, static_cast<std::int8_t>(zero(in(0))), weight.data(), bias, scale, step, output_range(), simple(weight, owner)});
  }

  void fully_connected() {
    const std::vector<int>& shape = in(1).shape;  // outputs, inputs
    require(shape.size() == 2, "has weights of the shape " + tflite::text(shape), "two dimensions");
    const std::vector<std::int8_t>& weight = weights(in(1));
    const std::size_t outputs = static_cast<std::size_t>(shape[0]);
    auto [scale_list, step] = scales(outputs);
    // Of one scale, the product of two is rounded to float first.
    if (step == 0)
      result.scales.back()[0] = fixed_scale(static_cast<double>(scale(in(0)) * scale(in(1))) / static_cast<double>(scale(out())));
    const std::size_t depth = static_cast<std::size_t>(shape[1]);
    const auto owner = [&](std::size_t i) { return i / depth; };
    const std::int32_t* bias = biases(outputs, weight, owner);
    const std::int32_t rows = elements(in(0).shape) / shape[1];
    require(rows * shape[1] == elements(in(0).shape), "reads rows of " + std::to_string(shape[1]), "rows that fill its input");
    apply(FullyConnected{rows, shape[1], shape[0], weight.data(), bias, scale_list, step, output_range(), simple(weight, owner)});
  }

  void prelu() {
    require_quantized(in(1), "slopes");
    require(!in(1).data.empty(), "has slopes that are computed", "constants");
    const double ratio = static_cast<double>(scale(in(0))) / static_cast<double>(scale(out()));
    const double product = static_cast<double>(scale(in(0))) * static_cast<double>(scale(in(1))) / static_cast<double>(scale(out()));
    const std::vector<std::int8_t>& slopes = result.bytes.emplace_back(numbers<std::int8_t>(in(1)));
    apply(Prelu{broadcast(), slopes.data(), elements(in(1).shape), zero(in(0)), zero(in(1)), fixed_scale(ratio), fixed_scale(product), Range{zero(out()), -128, 127}});
  }

  void svdf() {
    const std::vector<int>& shape = in(1).shape;  // filters, inputs
    const std::int32_t units = shape[0] / options().rank;
    const std::vector<std::int8_t>& feature = weights(in(1));
    require(!in(2).data.empty() && zero(in(2)) == 0, "has weights in time that are computed, or with a zero point", "constants with the zero point 0");
    std::vector<std::uint32_t> sum(static_cast<std::size_t>(shape[0]), 0);
    for (std::size_t i = 0; i < feature.size(); ++i) sum[i / static_cast<std::size_t>(shape[1])] -= static_cast<std::uint32_t>(zero(in(0)) * feature[i]);
    const std::vector<std::int32_t>& projected = result.words.emplace_back(sum.begin(), sum.end());
    std::vector<std::int32_t>& bias = result.words.emplace_back(static_cast<std::size_t>(units), 0);
    if (operation().inputs[3] >= 0) {
      require(!in(3).data.empty(), "has a bias that is computed", "constants");
      bias = numbers<std::int32_t>(in(3));
    }
    const auto lowered = [&]<class Number>(const std::vector<Number>& time) {  // the quotients of scales are in float
      const float first = scale(in(0)) * scale(in(1)) / scale(in(4));
      const float second = scale(in(4)) * scale(in(2)) / scale(out());
      apply(Svdf<Number>{in(0).shape[0], shape[1], units, options().rank, in(2).shape[1], feature.data(), projected.data(), time.data(), bias.data(),
                         fixed_scale(static_cast<double>(first)), fixed_scale(static_cast<double>(second)), zero(in(4)), Range{zero(out()), -128, 127}});
    };
    if (in(2).type == Type::int8)
      lowered(result.bytes.emplace_back(numbers<std::int8_t>(in(2))));
    else
      lowered(result.halves.emplace_back(numbers<std::int16_t>(in(2))));
  }

  // Gate `g` of input, forget, cell and output.
  LstmGate gate(std::size_t g) {
    const tflite::Tensor &w = in(1 + g), &r = in(5 + g), &b = in(12 + g);
    const std::vector<std::int8_t>& weight = weights(w);
    const std::vector<std::int8_t>& recurrent = weights(r);
    require(b.type == Type::int32 && !b.data.empty(), std::string{"has a bias of type "} + tflite::name(b.type), "constants of int32");
    const std::vector<std::int32_t> stored = numbers<std::int32_t>(b);
    std::vector<std::uint32_t> sum(stored.begin(), stored.end());
    for (std::size_t i = 0; i < weight.size(); ++i) sum[i * sum.size() / weight.size()] -= static_cast<std::uint32_t>(zero(in(0)) * weight[i]);
    const auto scale_of = [](float product) { return fixed_scale(static_cast<double>(product) * 4096); };
    return {weight.data(), recurrent.data(), result.words.emplace_back(sum.begin(), sum.end()).data(), scale_of(scale(in(0)) * scale(w)), scale_of(scale(in(18)) * scale(r))};
  }

  void lstm() {
    require(!options().time_major, "has its steps before its batch", "the batch first");
    const float cell = scale(in(19));
    const int power = static_cast<int>(std::lround(std::log2(cell)));  // 1/4096 is as the gates have it
    require(-20 <= power && power <= 0 && cell == std::ldexp(1.0f, power), "has a cell of another scale", "a power of 2 from 2^-20 to 1");
    require(zero(in(19)) == 0 && scale(in(18)) == scale(out()) && zero(in(18)) == zero(out()), "has an output of another scale than its state", "the same");
    const double finest = std::ldexp(1.0, -30);
    Lstm lowered{in(0).shape[0], in(0).shape[1], in(0).shape[2], out().shape[2], gate(0), gate(1), gate(2), gate(3), {}, {}, {}, {}, 32767, Range{zero(out()), -128, 127}, {}};
    lowered.forget_scale = fixed_scale(std::ldexp(1.0, -15) * static_cast<double>(cell) / static_cast<double>(cell));
    lowered.input_scale = fixed_scale(finest / static_cast<double>(cell));
    lowered.output_scale = fixed_scale(finest / static_cast<double>(scale(out())));
    lowered.cell_input = power >= -12 ? nn::int16::SigmoidInput{3 << (12 + power), 0} : nn::int16::SigmoidInput{3, -12 - power};
    if (options().cell_clip > 0)
      lowered.clip = static_cast<std::int32_t>(std::min(static_cast<double>(options().cell_clip) / static_cast<double>(cell), 32767.0));
    lowered.table = result.unsigned_halves.emplace_back(sigmoid_table()).data();
    apply(lowered);
  }

  void softmax() {
    require(scale(out()) == 1.0f / 256 && zero(out()) == -128, "has an output of another scale", "scale 1/256 and zero point -128");
    const SoftmaxScale of = softmax_scale();
    const int classes = in(0).shape.back();
    apply(Softmax{elements(in(0).shape) / classes, classes, of.scale, of.least_difference});
  }

  void quantize() {
    require_quantized(out(), "an output");
    apply(Quantize{elements(in(0).shape), scale(out()), Range{zero(out()), -128, 127}});
  }

  void dequantize() {
    require_quantized(in(0), "an input");
    require(out().type == Type::float32, std::string{"has an output of type "} + tflite::name(out().type), "float32");
    apply(Dequantize{elements(in(0).shape), scale(in(0)), zero(in(0))});
  }
};

// SPLIT and TRANSPOSE_CONV have other inputs before the one that is computed, which comes first here as it does elsewhere: so the
// latter's weights and bias stand where those of a convolution do.
tflite::Model in_order(tflite::Model model) {
  for (tflite::Operator& operation : model.operators) {
    if (operation.op == Op::split) std::swap(operation.inputs[0], operation.inputs[1]);
    if (operation.op == Op::transpose_conv) {
      std::swap(operation.inputs[0], operation.inputs[2]);
      operation.inputs.erase(operation.inputs.begin() + 2);
    }
  }
  return model;
}

}  // namespace

Network lower(const tflite::Model& model) {
  const tflite::Model ordered = in_order(model);
  return WholeLowering{ordered}.network();
}

}  // namespace tools::importer

#include <algorithm>
#include <cctype>
#include <cstring>
#include <map>

#include "tools/data/failure.hpp"
#include "tools/import/network.hpp"
#include "tools/import/scales.hpp"
#include "tools/import/tables.hpp"
#include "tools/tflite/names.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;
using tflite::Op;
using tflite::Type;

constexpr const char* supported =
    "ADD, AVERAGE_POOL_2D, CONCATENATION, CONV_2D, DEPTHWISE_CONV_2D, DEQUANTIZE, EXPAND_DIMS, FULLY_CONNECTED, LEAKY_RELU, LOGISTIC, "
    "MAX_POOL_2D, MEAN, MUL, PAD, PADV2, QUANTIZE, RELU, RELU6, RESHAPE, SOFTMAX, SQUEEZE, SUB, SUM or TANH";

std::int32_t elements(const std::vector<int>& shape) {
  std::int32_t count = 1;
  for (int extent : shape) count *= extent;
  return count;
}

template <class Number>
std::vector<Number> numbers(const tflite::Tensor& tensor) {
  std::vector<Number> values(tensor.data.size() / sizeof(Number));
  if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), values.size() * sizeof(Number));
  return values;
}

class Lowering {
 public:
  explicit Lowering(const tflite::Model& all) : model{all} {}

  Network network() && {
    for (int input : model.inputs) result.inputs.push_back(tensor(input));
    for (index = 0; index < model.operators.size(); ++index) lower_operator();
    for (int output : model.outputs) result.outputs.push_back(tensor(output));
    if (result.operators.empty()) throw failure(model.file, "has no operator that computes anything", "at least one");
    return std::move(result);
  }

 private:
  const tflite::Operator& operation() const { return model.operators[index]; }
  const tflite::Options& options() const { return operation().options; }
  const tflite::Tensor& in(std::size_t i) const { return model.tensors[static_cast<std::size_t>(operation().inputs[i])]; }
  const tflite::Tensor& out() const { return model.tensors[static_cast<std::size_t>(operation().outputs[0])]; }

  [[noreturn]] void refuse(const std::string& wrong, const std::string& expected) const {
    throw failure(model.file + ": " + tflite::label(operation(), index), wrong, expected);
  }
  void require(bool good, const std::string& wrong, const std::string& expected) const {
    if (!good) refuse(wrong, expected);
  }

  // The number of a tensor in the network, which has no constants and no two names of one memory.
  int tensor(int of_model) {
    if (const auto found = place.find(of_model); found != place.end()) return found->second;
    const tflite::Tensor& source = model.tensors[static_cast<std::size_t>(of_model)];
    if (source.type != Type::int8 && source.type != Type::float32)
      throw failure(model.file + ": " + tflite::label(model, of_model), std::string{"has the type "} + tflite::name(source.type), "int8 or float32");
    std::string text = std::string{tflite::name(source.type)} + " " + tflite::text(source.shape);
    if (source.quantization.scale.size() == 1)
      text += ", scale " + std::to_string(source.quantization.scale[0]) + ", zero point " + std::to_string(source.quantization.zero_point[0]);
    result.tensors.push_back({elements(source.shape) * (source.type == Type::float32 ? 4 : 1), source.type, text});
    return place[of_model] = static_cast<int>(result.tensors.size()) - 1;
  }

  void apply(Operation lowered, std::size_t inputs = 1) {
    std::vector<int> from;
    for (std::size_t i = 0; i < inputs; ++i) {
      require(in(i).data.empty(), "has a constant as input " + std::to_string(i), "a tensor that is computed");
      from.push_back(tensor(operation().inputs[i]));
    }
    std::string name;
    for (char c : operation().name) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    result.operators.push_back({std::move(lowered), name + "_" + std::to_string(index), tensor(operation().outputs[0]), from});
  }

  static float scale(const tflite::Tensor& tensor) { return tensor.quantization.scale[0]; }
  static std::int32_t zero(const tflite::Tensor& tensor) { return static_cast<std::int32_t>(tensor.quantization.zero_point[0]); }
  Range output_range() const { return activation_range(options().activation, scale(out()), zero(out())); }

  void require_quantized(const tflite::Tensor& tensor, const std::string& what) const {
    require(tensor.type == Type::int8 && tensor.quantization.scale.size() == 1, "has " + what + " of type " + tflite::name(tensor.type), "int8 with one scale");
  }

  void require_same_quantization() const {
    require(scale(in(0)) == scale(out()) && zero(in(0)) == zero(out()), "changes the scale", "the same scale and zero point on both sides");
  }

  Extent image(const tflite::Tensor& tensor) const {
    require(tensor.shape.size() == 4, "has the shape " + tflite::text(tensor.shape), "four dimensions");
    return {tensor.shape[1], tensor.shape[2], tensor.shape[3]};
  }

  Window window(int kernel_h, int kernel_w) const {
    Window window{};
    window.batch = in(0).shape[0];
    window.input = image(in(0));
    window.output = image(out());
    window.kernel = {kernel_h, kernel_w};
    window.stride = {options().stride_h, options().stride_w};
    window.dilation = {options().dilation_h, options().dilation_w};
    window.before = {padding(window.input.height, window.output.height, kernel_h, options().stride_h, options().dilation_h),
                     padding(window.input.width, window.output.width, kernel_w, options().stride_w, options().dilation_w)};
    return window;
  }
  // Rows or columns before the first: the smaller half of what is missing.
  int padding(int input, int output, int kernel, int stride, int dilation) const {
    if (options().padding == tflite::Padding::valid) return 0;
    return std::max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input) / 2;
  }

  // int4 becomes int8.
  std::vector<std::int8_t>& weights(const tflite::Tensor& tensor) {
    require(tensor.type == Type::int8 || tensor.type == Type::int4, std::string{"has weights of type "} + tflite::name(tensor.type), "int8 or int4");
    require(!tensor.data.empty(), "has weights that are computed", "constants");
    for (std::int64_t zero_point : tensor.quantization.zero_point) require(zero_point == 0, "has weights with a zero point", "0");
    std::vector<std::int8_t>& values = result.bytes.emplace_back();
    if (tensor.type == Type::int8) {
      values = numbers<std::int8_t>(tensor);
    } else {
      for (std::int32_t i = 0; i < elements(tensor.shape); ++i) {
        const std::uint8_t pair = tensor.data[static_cast<std::size_t>(i / 2)];
        values.push_back(static_cast<std::int8_t>(static_cast<std::int8_t>(i % 2 == 0 ? pair << 4 : pair & 0xf0) >> 4));
      }
    }
    return values;
  }

  // The bias with -zero·Σ w folded in, as sums wrap. Output o owns the weights for which `owner` gives o.
  const std::int32_t* biases(std::size_t outputs, const std::vector<std::int8_t>& weight, auto owner) {
    std::vector<std::int32_t> bias(outputs, 0);
    if (operation().inputs.size() > 2 && operation().inputs[2] >= 0) {
      require(in(2).type == Type::int32 && !in(2).data.empty(), std::string{"has a bias of type "} + tflite::name(in(2).type), "constants of int32");
      bias = numbers<std::int32_t>(in(2));
      require(bias.size() == outputs, "has " + std::to_string(bias.size()) + " biases", std::to_string(outputs));
    }
    std::vector<std::uint32_t> sum(bias.begin(), bias.end());
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

  // One for each output channel, or one for all: then the step is 0.
  struct Scales {
    const Scale* scale;
    std::int32_t step;
  };
  Scales scales(std::size_t outputs) {
    const std::vector<float>& of_weights = in(1).quantization.scale;
    std::vector<Scale>& list = result.scales.emplace_back();
    for (float weight : of_weights)
      list.push_back(fixed_scale(static_cast<double>(scale(in(0))) * static_cast<double>(weight) / static_cast<double>(scale(out()))));
    require(list.size() == 1 || list.size() == outputs, "has " + std::to_string(list.size()) + " scales of weights", "1 or " + std::to_string(outputs));
    return {list.data(), list.size() == 1 ? 0 : 1};
  }

  void lower_operator() {
    const Op op = operation().op;
    if (operation().outputs.size() != 1) refuse("has " + std::to_string(operation().outputs.size()) + " outputs", "1");
    if (op == Op::reshape || op == Op::squeeze || op == Op::expand_dims) return remove();
    if (op == Op::quantize && in(0).type == Type::float32) return quantize();
    if (op == Op::dequantize) return dequantize();
    if (operation().inputs.empty() || operation().inputs[0] < 0) refuse("has no input", "one");
    if (op == Op::other) refuse("is not supported", supported);
    if (in(0).type == Type::float32) return lower_float();
    require_quantized(in(0), "an input");
    require_quantized(out(), "an output");
    switch (op) {
      case Op::conv_2d: return conv_2d();
      case Op::depthwise_conv_2d: return depthwise_conv_2d();
      case Op::fully_connected: return fully_connected();
      case Op::average_pool_2d:
        require_same_quantization();
        return apply(AveragePool2d{window(options().filter_h, options().filter_w), output_range()});
      case Op::max_pool_2d:
        require_same_quantization();
        return apply(MaxPool2d{window(options().filter_h, options().filter_w), output_range()});
      case Op::add:
      case Op::sub: return add();
      case Op::mul: return mul();
      case Op::softmax: return softmax();
      case Op::pad:
      case Op::pad_v2: return pad();
      case Op::concatenation: return concatenation();
      case Op::mean:
      case Op::sum: return mean();
      default: break;
    }
    const auto values = table(operation(), in(0), out());
    if (!values) refuse("is not supported", supported);
    result.bytes.emplace_back(values->begin(), values->end());
    apply(Lookup{elements(in(0).shape), result.bytes.back().data()});
  }

  // A reshape moves nothing: its output is its input.
  void remove() {
    require(operation().inputs[0] >= 0 && in(0).data.empty(), "has a constant as input", "a tensor that is computed");
    require(elements(in(0).shape) == elements(out().shape), "changes the count of elements", "as many as before");
    place[operation().outputs[0]] = tensor(operation().inputs[0]);
    result.removed.push_back(operation().name + " " + std::to_string(index));
  }

  void conv_2d() {
    const std::vector<int>& shape = in(1).shape;  // outputs, height, width, channels
    require(shape.size() == 4, "has weights of the shape " + tflite::text(shape), "four dimensions");
    const Window read = window(shape[1], shape[2]);
    require(shape[3] == read.input.channels, "is a grouped convolution: weights for " + std::to_string(shape[3]) + " channels of " + std::to_string(read.input.channels), "as many as the input has");
    const std::vector<std::int8_t>& weight = weights(in(1));
    const std::size_t outputs = static_cast<std::size_t>(shape[0]);
    const std::size_t depth = weight.size() / outputs;
    const auto [scale, step] = scales(outputs);
    const auto owner = [&](std::size_t i) { return i / depth; };
    const std::int32_t* bias = biases(outputs, weight, owner);
    apply(Conv2d{read, static_cast<std::int8_t>(zero(in(0))), weight.data(), bias, scale, step, output_range(), simple(weight, owner)});
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

  // At most four dimensions, those that are missing in front.
  std::array<std::int32_t, 4> four(const std::vector<int>& shape) const {
    require(shape.size() <= 4, "has a tensor of the shape " + tflite::text(shape), "at most four dimensions");
    std::array<std::int32_t, 4> all{1, 1, 1, 1};
    std::copy(shape.begin(), shape.end(), all.end() - static_cast<std::ptrdiff_t>(shape.size()));
    return all;
  }

  Broadcast broadcast() const {
    if (elements(in(0).shape) == elements(out().shape) && elements(in(1).shape) == elements(out().shape))
      return {{1, 1, 1, elements(out().shape)}, {0, 0, 0, 1}, {0, 0, 0, 1}};
    const auto y = four(out().shape);
    const std::array inputs{four(in(0).shape), four(in(1).shape)};
    Broadcast shape{};
    std::copy(y.begin(), y.end(), shape.extent);
    for (std::size_t i = 0; i < 2; ++i) {
      std::int32_t step = 1;
      for (std::size_t d = 4; d-- > 0; step *= inputs[i][d]) {
        require(inputs[i][d] == y[d] || inputs[i][d] == 1, "has inputs of the shapes " + tflite::text(in(0).shape) + " and " + tflite::text(in(1).shape), "shapes that fit by repetition");
        (i == 0 ? shape.a_step : shape.b_step)[d] = inputs[i][d] == 1 ? 0 : step;
      }
    }
    return shape;
  }

  void add() {
    require_quantized(in(1), "an input");
    const bool subtracts = operation().op == Op::sub;
    Add lowered{broadcast(), subtracts ? -1 : 1, zero(in(0)), zero(in(1)), {}, {}, {}, output_range()};
    if (subtracts) {  // in float
      const float twice = 2 * std::max(scale(in(0)), scale(in(1)));
      lowered.a_scale = fixed_scale(static_cast<double>(scale(in(0)) / twice));
      lowered.b_scale = fixed_scale(static_cast<double>(scale(in(1)) / twice));
      lowered.scale = fixed_scale(static_cast<double>(twice / ((1 << 20) * scale(out()))));
    } else {
      const double twice = 2 * static_cast<double>(std::max(scale(in(0)), scale(in(1))));
      lowered.a_scale = fixed_scale(static_cast<double>(scale(in(0))) / twice);
      lowered.b_scale = fixed_scale(static_cast<double>(scale(in(1))) / twice);
      lowered.scale = fixed_scale(twice / ((1 << 20) * static_cast<double>(scale(out()))));
    }
    apply(lowered, 2);
  }

  void mul() {
    require_quantized(in(1), "an input");
    const double product = static_cast<double>(scale(in(0))) * static_cast<double>(scale(in(1)));
    apply(Mul{broadcast(), zero(in(0)), zero(in(1)), fixed_scale(product / static_cast<double>(scale(out()))), output_range()}, 2);
  }

  void softmax() {
    require(scale(out()) == 1.0f / 256 && zero(out()) == -128, "has an output of another scale", "scale 1/256 and zero point -128");
    const Scale scale_of_logits = fixed_scale(std::min(static_cast<double>(options().beta) * static_cast<double>(scale(in(0))) * (1 << 26), 2147483647.0));
    require(scale_of_logits.shift >= 0, "has inputs of a very small scale", "a scale of at least 2^-26");
    const int classes = in(0).shape.back();
    apply(Softmax{elements(in(0).shape) / classes, classes, scale_of_logits, -input_radius(5, scale_of_logits.shift)});
  }

  void pad() {
    const bool is_float = in(0).type == Type::float32;
    if (!is_float) require_same_quantization();
    const auto input = four(in(0).shape);
    const auto output = four(out().shape);
    std::vector<std::int64_t> before = in(1).type == Type::int64 ? numbers<std::int64_t>(in(1)) : std::vector<std::int64_t>{};
    if (in(1).type == Type::int32)
      for (std::int32_t value : numbers<std::int32_t>(in(1))) before.push_back(value);
    require(before.size() == 2 * in(0).shape.size(), "has paddings that are not constant, or not two for each dimension", "constants");
    Pad lowered{{}, {}, {}, static_cast<std::int8_t>(is_float ? 0 : zero(out()))};
    std::copy(input.begin(), input.end(), lowered.input);
    std::copy(output.begin(), output.end(), lowered.output);
    const std::size_t missing = 4 - in(0).shape.size();
    for (std::size_t d = 0; d < in(0).shape.size(); ++d) {
      require(before[2 * d] >= 0 && before[2 * d + 1] >= 0 && input[missing + d] + before[2 * d] + before[2 * d + 1] == output[missing + d],
              "has paddings that do not fit its shapes", "input and padding to give the output");
      lowered.before[missing + d] = static_cast<std::int32_t>(before[2 * d]);
    }
    if (is_float) {  // as bytes: 0 is four of them
      require(operation().op == Op::pad, "pads float32 with a value", "PAD");
      for (std::int32_t* innermost : {&lowered.input[3], &lowered.before[3], &lowered.output[3]}) *innermost *= 4;
    } else if (operation().op == Op::pad_v2) {
      require(in(2).type == Type::int8 && in(2).data.size() == 1, "has a value that is not one int8 constant", "one");
      lowered.value = numbers<std::int8_t>(in(2))[0];
    }
    apply(lowered);
  }

  void concatenation() {
    std::vector<std::int32_t>& parts = result.words.emplace_back();
    const int dimensions = static_cast<int>(out().shape.size());
    const int axis = options().axis < 0 ? options().axis + dimensions : options().axis;
    require(0 <= axis && axis < dimensions, "joins along dimension " + std::to_string(options().axis), "one of its " + std::to_string(dimensions));
    std::int32_t repeats = 1;
    for (int d = 0; d < axis; ++d) repeats *= out().shape[static_cast<std::size_t>(d)];
    for (std::size_t i = 0; i < operation().inputs.size(); ++i) {
      require(in(i).type == out().type, "has inputs of several types", "one");
      if (in(i).type == Type::int8)
        require(scale(in(i)) == scale(out()) && zero(in(i)) == zero(out()), "has inputs of several scales", "one scale and zero point");
      parts.push_back(elements(in(i).shape) / repeats * (in(i).type == Type::float32 ? 4 : 1));
    }
    require(options().activation == tflite::Activation::none, "has a fused activation", "none");
    apply(Concatenation{repeats, parts.data()}, operation().inputs.size());
  }

  // The whole height, width or both.
  Window reduced() const {
    std::vector<std::int32_t> axes = in(1).type == Type::int32 ? numbers<std::int32_t>(in(1)) : std::vector<std::int32_t>{};
    Window read{};
    read.batch = in(0).shape[0];
    read.input = image(in(0));
    read.output = read.input;
    require(!axes.empty(), "has axes that are not constants of int32", "constants");
    for (std::int32_t axis : axes) {
      if (axis < 0) axis += 4;
      require(axis == 1 || axis == 2, "reduces dimension " + std::to_string(axis), "the height (1), the width (2) or both");
      (axis == 1 ? read.kernel.height : read.kernel.width) = axis == 1 ? read.input.height : read.input.width;
      (axis == 1 ? read.output.height : read.output.width) = 1;
    }
    return read;
  }

  void mean() {
    const Window read = reduced();
    const std::int32_t count = read.kernel.height * read.kernel.width;
    Scale lowered = fixed_scale(static_cast<double>(scale(in(0))) / static_cast<double>(scale(out())));
    if (operation().op == Op::mean) {
      const int whole = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(count))) - 1;
      const int shift = std::min(whole, 31 + lowered.shift);
      lowered = {static_cast<std::int32_t>((std::int64_t{lowered.multiplier} << shift) / count), lowered.shift - shift};
    }
    apply(Mean{read, -zero(in(0)) * count, lowered, Range{zero(out()), -128, 127}});
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

  using Limits = nn::float32::Limits;

  static Limits limits(tflite::Activation activation) {
    switch (activation) {
      case tflite::Activation::relu: return {.least = 0, .most = Limits{}.most};
      case tflite::Activation::relu6: return {.least = 0, .most = 6};
      case tflite::Activation::relu_n1_to_1: return {.least = -1, .most = 1};
      default: return {};
    }
  }

  const float* constants(const tflite::Tensor& tensor) {
    require(tensor.type == Type::float32 && !tensor.data.empty(), std::string{"has weights of type "} + tflite::name(tensor.type), "constants of float32");
    return result.floats.emplace_back(numbers<float>(tensor)).data();
  }
  const float* float_biases(std::size_t outputs) {
    if (operation().inputs.size() < 3 || operation().inputs[2] < 0) return result.floats.emplace_back(outputs, 0.0f).data();
    require(static_cast<std::size_t>(elements(in(2).shape)) == outputs, "has " + tflite::text(in(2).shape) + " biases", std::to_string(outputs));
    return constants(in(2));
  }

  void lower_float() {
    using namespace nn::float32;
    require(out().type == Type::float32, std::string{"has an output of type "} + tflite::name(out().type), "float32, like its input");
    const Limits fused = limits(options().activation);
    const std::int32_t count = elements(in(0).shape);
    const auto line = [&](float slope, Limits range) { apply(nn::float32::Activation{count, Curve::line, slope, range}); };
    switch (operation().op) {
      case Op::conv_2d: {
        const std::vector<int>& shape = in(1).shape;
        require(shape.size() == 4 && shape[3] == in(0).shape.back(), "has weights of the shape " + tflite::text(shape), "outputs, height, width and the channels of its input");
        const float* weight = constants(in(1));
        return apply(nn::float32::Conv2d{window(shape[1], shape[2]), weight, float_biases(static_cast<std::size_t>(shape[0])), fused});
      }
      case Op::depthwise_conv_2d: {
        const std::vector<int>& shape = in(1).shape;
        require(shape.size() == 4 && shape[3] % in(0).shape.back() == 0, "has weights of the shape " + tflite::text(shape), "1, height, width and a multiple of the channels of its input");
        const float* weight = constants(in(1));
        return apply(nn::float32::DepthwiseConv2d{window(shape[1], shape[2]), shape[3] / in(0).shape.back(), weight, float_biases(static_cast<std::size_t>(shape[3])), fused});
      }
      case Op::fully_connected: {
        const std::vector<int>& shape = in(1).shape;
        require(shape.size() == 2 && count % shape[1] == 0, "has weights of the shape " + tflite::text(shape), "two dimensions, rows that fill its input");
        const float* weight = constants(in(1));
        return apply(nn::float32::FullyConnected{count / shape[1], shape[1], shape[0], weight, float_biases(static_cast<std::size_t>(shape[0])), fused});
      }
      case Op::average_pool_2d: return apply(Pool2d{window(options().filter_h, options().filter_w), Pooling::mean, fused});
      case Op::max_pool_2d: return apply(Pool2d{window(options().filter_h, options().filter_w), Pooling::largest, fused});
      case Op::mean: return apply(Pool2d{reduced(), Pooling::mean, {}});
      case Op::sum: return apply(Pool2d{reduced(), Pooling::sum, {}});
      case Op::add: return apply(Arithmetic{broadcast(), Combination::sum, fused}, 2);
      case Op::sub: return apply(Arithmetic{broadcast(), Combination::difference, fused}, 2);
      case Op::mul: return apply(Arithmetic{broadcast(), Combination::product, fused}, 2);
      case Op::relu: return line(1, limits(tflite::Activation::relu));
      case Op::relu6: return line(1, limits(tflite::Activation::relu6));
      case Op::relu_n1_to_1: return line(1, limits(tflite::Activation::relu_n1_to_1));
      case Op::leaky_relu: return line(options().alpha, {});
      case Op::logistic: return apply(nn::float32::Activation{count, Curve::logistic, 1, {}});
      case Op::tanh: return apply(nn::float32::Activation{count, Curve::tanh, 1, {}});
      case Op::softmax: return apply(nn::float32::Softmax{count / in(0).shape.back(), in(0).shape.back(), options().beta});
      case Op::pad:
      case Op::pad_v2: return pad();
      case Op::concatenation: return concatenation();
      default: refuse("is not supported on float32", supported);
    }
  }

  const tflite::Model& model;
  std::size_t index = 0;
  Network result;
  std::map<int, int> place;  // of the model's tensors among the network's
};

}  // namespace

Network lower(const tflite::Model& model) { return Lowering{model}.network(); }

}  // namespace tools::importer

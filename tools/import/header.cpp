#include "tools/import/header.hpp"
#include "tools/tflite/names.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

namespace tools::importer {

namespace {

using namespace nn::int8;
namespace float32 = nn::float32;

std::string text(std::int32_t value) { return std::to_string(value); }
std::string text(std::int8_t value) { return std::to_string(value); }
std::string text(std::int16_t value) { return std::to_string(value); }
std::string text(std::uint16_t value) { return std::to_string(value); }
std::string text(std::int64_t value) { return std::to_string(value); }
std::string braced(std::int32_t first, auto... others) {
  std::string out = "{";
  out += text(first);
  ((out += ", ", out += text(others)), ...);
  return out += "}";
}
std::string text(Scale scale) { return braced(scale.multiplier, scale.shift); }
std::string text(nn::int16::SigmoidInput input) { return braced(input.multiplier, input.shift); }
std::string text(Pair pair) { return braced(pair.height, pair.width); }
std::string text(Extent extent) { return braced(extent.height, extent.width, extent.channels); }
std::string text(const Range& range) { return braced(range.zero, range.least, range.most); }
std::string text(const std::int32_t (&four)[4]) { return braced(four[0], four[1], four[2], four[3]); }
std::string text(float value) {
  char digits[40];
  std::string shown = std::signbit(value) ? "-0x" : "0x";
  shown.append(digits, std::to_chars(digits, digits + sizeof digits, std::abs(value), std::chars_format::hex).ptr);
  return shown += "f";
}
std::string text(const float32::Limits& limits) {
  const bool below = limits.least != float32::Limits{}.least;
  const bool above = limits.most != float32::Limits{}.most;
  if (!below && !above) return "{}";
  if (!below) return "{.most = " + text(limits.most) + "}";
  return "{.least = " + text(limits.least) + (above ? ", .most = " + text(limits.most) + "}" : ", .most = nn::float32::Limits{}.most}");
}
std::string text(const Broadcast& shape) {
  return "{.extent = " + text(shape.extent) + ", .a_step = " + text(shape.a_step) + ", .b_step = " + text(shape.b_step) + "}";
}
std::string text(const Window& window) {
  return "{.batch = " + text(window.batch) + ", .input = " + text(window.input) + ", .output = " + text(window.output) +
         ",\n               .kernel = " + text(window.kernel) + ", .stride = " + text(window.stride) +
         ", .dilation = " + text(window.dilation) + ", .before = " + text(window.before) + "}";
}

std::string text(const TransposeWindow& window) {
  return "{.batch = " + text(window.batch) + ", .input = " + text(window.input) + ", .output = " + text(window.output) +
         ",\n               .kernel = " + text(window.kernel) + ", .stride = " + text(window.stride) + ", .before = " + text(window.before) + "}";
}

// The folder of nn/ with the operators on such numbers.
template <class Number>
std::string space() {
  return std::is_same_v<Number, float> ? "nn::float32::" : std::is_same_v<Number, std::int16_t> ? "nn::int16::" : "nn::int8::";
}
template <class Number>
std::string type() {
  return "std::int" + std::to_string(8 * sizeof(Number)) + "_t";
}

std::string simple(bool value) { return value ? ", .simple = true" : ", .simple = false"; }

template <class Number>
std::string rows(const Number* values, std::size_t count) {
  std::string out;
  std::string line = "   ";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string value = text(values[i]);
    if (line.size() + value.size() > 126) {
      out += line + "\n";
      line = "   ";
    }
    line += ' ';
    line += value;
    line += ',';
  }
  return out + line + "\n";
}

// Of a tensor among those that are computed or given: constants have no place in the workspace.
int number(const Network& network, int tensor) {
  const auto end = network.tensors.begin() + tensor;
  return static_cast<int>(std::count_if(network.tensors.begin(), end, [](const Tensor& each) { return each.constant.empty(); }));
}

class Writer {
 public:
  explicit Writer(const Network& all) : network{all} {}

  std::string constants() {
    for (const Applied& applied : network.operators) {
      own = applied.name;
      for (std::size_t i = 0; i < applied.inputs.size(); ++i) define_input(i, applied.inputs[i]);
      std::visit([this](const auto& operation) { define(operation); }, applied.operation);
    }
    return out;
  }

  // A tensor as Apply takes it: its number among those that are computed, or the address of its constants.
  std::string input(int tensor) const {
    const auto found = flash.find(tensor);
    return found != flash.end() ? "&" + found->second : std::to_string(number(network, tensor));
  }

 private:
  void define_input(std::size_t i, int number) {
    const Tensor& tensor = network.tensors[static_cast<std::size_t>(number)];
    if (tensor.constant.empty() || flash.contains(number)) return;
    const std::string what = "input_" + std::to_string(i);
    const auto define_as = [&]<class Number>(const char* type, Number) {
      std::vector<Number> values(tensor.constant.size() / sizeof(Number));
      std::memcpy(values.data(), tensor.constant.data(), tensor.constant.size());
      flash[number] = array(what, type, values.data(), values.size());
    };
    if (tensor.type == tflite::Type::float32)
      define_as("float", float{});
    else if (tensor.type == tflite::Type::int16)
      define_as("std::int16_t", std::int16_t{});
    else
      define_as("std::int8_t", std::int8_t{});
  }

  // The name of an array of these values, written if there is none yet.
  template <class Number>
  std::string array(const std::string& what, const char* type, const Number* values, std::size_t count) {
    const std::string content = "[" + std::to_string(count) + "]{\n" + rows(values, count) + "};\n";
    const auto [place, is_new] = arrays.try_emplace(type + content, own + "_" + what);
    if (is_new) out += std::string{sizeof(Number) > 4 ? "" : "alignas(4) "} + "inline constexpr " + type + " " + place->second + content;
    return place->second;
  }
  std::string bytes(const std::string& what, const std::int8_t* values, std::int32_t count) {
    return array(what, "std::int8_t", values, static_cast<std::size_t>(count));
  }
  std::string words(const std::string& what, const std::int32_t* values, std::int32_t count) {
    return array(what, "std::int32_t", values, static_cast<std::size_t>(count));
  }
  std::string scales(const Scale* values, std::int32_t step, std::int32_t outputs) {
    return array("scale", "nn::int8::Scale", values, static_cast<std::size_t>(step == 0 ? 1 : outputs));
  }

  std::string floats(const std::string& what, const float* values, std::int32_t count) {
    return array(what, "float", values, static_cast<std::size_t>(count));
  }

  void define(const char* type, const std::string& fields) { define_in("nn::int8::", type, fields); }
  void define_int16(const std::string& type, const std::string& fields) { define_in("nn::int16::", type, fields); }
  void define_float(const char* type, const std::string& fields) { define_in("nn::float32::", type, fields); }
  void define_in(const std::string& space, const std::string& type, const std::string& fields) {
    out += "inline constexpr " + space + type + " " + own + "{\n    " + fields + "};\n\n";
  }

  void define(const Conv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, outputs * o.depth());
    const std::string bias = words("bias", o.bias, outputs);
    const std::string scale = scales(o.scale, o.scale_step, outputs);
    define("Conv2d", ".window = " + text(o.window) + ",\n    .zero = " + text(o.zero) + ", .weight = " + weight + ", .bias = " + bias +
                         ",\n    .scale = " + scale + ", .scale_step = " + text(o.scale_step) + ", .range = " + text(o.range) + simple(o.simple));
  }
  void define(const DepthwiseConv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, outputs * o.taps());
    const std::string bias = words("bias", o.bias, outputs);
    const std::string scale = scales(o.scale, o.scale_step, outputs);
    define("DepthwiseConv2d", ".window = " + text(o.window) + ",\n    .multiplier = " + text(o.multiplier) + ", .zero = " + text(o.zero) +
                                  ", .weight = " + weight + ", .bias = " + bias + ",\n    .scale = " + scale +
                                  ", .scale_step = " + text(o.scale_step) + ", .range = " + text(o.range) + simple(o.simple));
  }
  void define(const FullyConnected& o) {
    const std::string weight = bytes("weight", o.weight, o.outputs * o.inputs);
    const std::string bias = words("bias", o.bias, o.outputs);
    const std::string scale = scales(o.scale, o.scale_step, o.outputs);
    define("FullyConnected", ".rows = " + text(o.rows) + ", .inputs = " + text(o.inputs) + ", .outputs = " + text(o.outputs) +
                                 ",\n    .weight = " + weight + ", .bias = " + bias + ",\n    .scale = " + scale +
                                 ", .scale_step = " + text(o.scale_step) + ", .range = " + text(o.range) + simple(o.simple));
  }
  template <class Code>
  void define(const AveragePool2dOf<Code>& o) {
    define_in(space<Code>(), "AveragePool2d", ".window = " + text(o.window) + ",\n    .range = " + text(o.range));
  }
  template <class Code>
  void define(const MaxPool2dOf<Code>& o) {
    define_in(space<Code>(), "MaxPool2d", ".window = " + text(o.window) + ",\n    .range = " + text(o.range));
  }
  template <class Code>
  void define(const MeanOf<Code>& o) {
    define_in(space<Code>(), "Mean", ".window = " + text(o.window) + ",\n    .bias = " + text(o.bias) + ", .scale = " + text(o.scale) + ", .range = " + text(o.range));
  }
  template <class Code>
  void define(const AddOf<Code>& o) {
    define_in(space<Code>(), "Add", ".shape = " + text(o.shape) + ",\n    .sign = " + text(o.sign) + ", .a_zero = " + text(o.a_zero) + ", .b_zero = " + text(o.b_zero) +
                      ", .a_scale = " + text(o.a_scale) + ", .b_scale = " + text(o.b_scale) + ",\n    .scale = " + text(o.scale) +
                      ", .range = " + text(o.range));
  }
  template <class Code>
  void define(const MulOf<Code>& o) {
    define_in(space<Code>(), "Mul", ".shape = " + text(o.shape) + ",\n    .a_zero = " + text(o.a_zero) + ", .b_zero = " + text(o.b_zero) + ", .scale = " + text(o.scale) +
                      ", .range = " + text(o.range));
  }
  void define(const Lookup& o) {
    const std::string table = bytes("table", o.table, 256);
    define("Lookup", ".count = " + text(o.count) + ", .table = " + table);
  }
  template <class Number>
  void define(const PadOf<Number>& o) {
    define_in(space<Number>(), "Pad", ".input = " + text(o.input) + ", .before = " + text(o.before) + ", .output = " + text(o.output) + ", .value = " + text(o.value));
  }
  void define(const Concatenation& o) {
    std::int32_t inputs = 0;
    for (const Applied& applied : network.operators)
      if (applied.name == own) inputs = static_cast<std::int32_t>(applied.inputs.size());
    const std::string part = words("part", o.part, inputs);
    define("Concatenation", ".repeats = " + text(o.repeats) + ", .part = " + part);
  }
  template <class Code>
  void define(const SoftmaxTo<Code>& o) {
    define_in(space<Code>(), sizeof(Code) == 1 ? "Softmax" : "SoftmaxOfInt8", ".rows = " + text(o.rows) + ", .classes = " + text(o.classes) + ", .scale = " + text(o.scale) + ", .least_difference = " + text(o.least_difference));
  }
  template <class Code>
  void define(const QuantizeTo<Code>& o) {
    define_in(space<Code>(), "Quantize", ".count = " + text(o.count) + ", .scale = " + text(o.scale) + ", .range = " + text(o.range));
  }
  template <class Code>
  void define(const DequantizeFrom<Code>& o) {
    define_in(space<Code>(), "Dequantize", ".count = " + text(o.count) + ", .scale = " + text(o.scale) + ", .zero = " + text(o.zero));
  }

  // The biases and scales of `outputs`, written, and what points to them.
  std::string defined(const nn::Int16Output& o, std::int32_t outputs) {
    const std::string bias = array("bias", "std::int64_t", o.bias, static_cast<std::size_t>(outputs));
    const std::string scale = scales(o.scale, o.scale_step, outputs);
    return ",\n    .output = {.bias = " + bias + ", .scale = " + scale + ", .scale_step = " + text(o.scale_step) + ", .range = " + text(o.range) +
           ", .wide = " + (o.wide ? "true}" : "false}");
  }
  void define(const nn::int16::Conv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, outputs * o.depth());
    define_int16("Conv2d", ".window = " + text(o.window) + ",\n    .weight = " + weight + defined(o.output, outputs));
  }
  void define(const nn::int16::DepthwiseConv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, outputs * o.taps());
    define_int16("DepthwiseConv2d", ".window = " + text(o.window) + ",\n    .multiplier = " + text(o.multiplier) + ", .weight = " + weight +
                                        defined(o.output, outputs));
  }
  void define(const nn::int16::FullyConnected& o) {
    const std::string weight = bytes("weight", o.weight, o.outputs * o.inputs);
    define_int16("FullyConnected", ".rows = " + text(o.rows) + ", .inputs = " + text(o.inputs) + ", .outputs = " + text(o.outputs) +
                                       ",\n    .weight = " + weight + defined(o.output, o.outputs));
  }
  template <class To, class From>
  void define(const nn::int16::Rescale<To, From>& o) {
    define_int16("Rescale<" + type<To>() + ", " + type<From>() + ">",
                 ".count = " + text(o.count) + ", .zero = " + text(o.zero) + ", .positive = " + text(o.positive) + ", .negative = " + text(o.negative) +
                     ", .range = " + text(o.range));
  }
  void define(const nn::int16::Logistic& o) { define_sigmoid("Logistic", o); }
  void define(const nn::int16::Tanh& o) { define_sigmoid("Tanh", o); }
  void define_sigmoid(const char* type, const auto& o) {
    const std::string table = array("table", "std::uint16_t", o.table, 256);
    define_int16(type, ".count = " + text(o.count) + ", .input = " + text(o.input) + ", .table = " + table);
  }
  void define(const nn::int16::Softmax& o) {
    const std::string exponential = array("exponential", "std::int16_t", o.exponential, 513);
    const std::string reciprocal = array("reciprocal", "std::int16_t", o.reciprocal, 513);
    define_int16("Softmax", ".rows = " + text(o.rows) + ", .classes = " + text(o.classes) + ", .scale = " + text(o.scale) +
                                ",\n    .exponential = " + exponential + ", .reciprocal = " + reciprocal);
  }
  void define(const StridedCopy& o) {
    define("StridedCopy", ".extent = " + text(o.extent) + ", .step = " + text(o.step) + ", .start = " + text(o.start) + ", .block = " + text(o.block));
  }
  void define(const ResizeNearest& o) {
    const std::string row = words("row", o.row, o.output.height);
    const std::string column = words("column", o.column, o.output.width);
    define("ResizeNearest", ".batch = " + text(o.batch) + ", .input = " + text(o.input) + ", .output = " + text(o.output) + ", .row = " + row + ", .column = " + column);
  }
  void define(const ResizeBilinear& o) {
    define("ResizeBilinear", ".batch = " + text(o.batch) + ", .input = " + text(o.input) + ", .output = " + text(o.output) + ", .scale = " + text(o.scale) +
                                 ", .offset = " + text(o.offset));
  }
  void define(const Prelu& o) {
    const std::string slope = bytes("slope", o.slope, o.slopes);
    define("Prelu", ".shape = " + text(o.shape) + ",\n    .slope = " + slope + ", .slopes = " + text(o.slopes) + ", .zero = " + text(o.zero) +
                        ", .slope_zero = " + text(o.slope_zero) + ", .above = " + text(o.above) + ", .below = " + text(o.below) +
                        ", .range = " + text(o.range));
  }
  void define(const GroupedConv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, outputs * o.depth());
    const std::string bias = words("bias", o.bias, outputs);
    const std::string scale = scales(o.scale, o.scale_step, outputs);
    define("GroupedConv2d", ".window = " + text(o.window) + ",\n    .groups = " + text(o.groups) + ", .zero = " + text(o.zero) + ", .weight = " + weight +
                                ", .bias = " + bias + ",\n    .scale = " + scale + ", .scale_step = " + text(o.scale_step) +
                                ", .range = " + text(o.range) + simple(o.simple));
  }
  void define(const TransposeConv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = bytes("weight", o.weight, o.weights());
    const std::string bias = words("bias", o.bias, o.window.phases() * outputs);
    const std::string scale = scales(o.scale, o.scale_step, outputs);
    define("TransposeConv2d", ".window = " + text(o.window) + ",\n    .zero = " + text(o.zero) + ", .weight = " + weight + ", .bias = " + bias +
                                  ",\n    .scale = " + scale + ", .scale_step = " + text(o.scale_step) + ", .range = " + text(o.range) + simple(o.simple));
  }

  void define(const float32::Conv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = floats("weight", o.weight, outputs * o.depth());
    const std::string bias = floats("bias", o.bias, outputs);
    define_float("Conv2d", ".window = " + text(o.window) + ",\n    .weight = " + weight + ", .bias = " + bias + ", .limits = " + text(o.limits));
  }
  void define(const float32::DepthwiseConv2d& o) {
    const std::int32_t outputs = o.window.output.channels;
    const std::string weight = floats("weight", o.weight, outputs * o.taps());
    const std::string bias = floats("bias", o.bias, outputs);
    define_float("DepthwiseConv2d", ".window = " + text(o.window) + ",\n    .multiplier = " + text(o.multiplier) + ", .weight = " + weight +
                                        ", .bias = " + bias + ", .limits = " + text(o.limits));
  }
  template <class Number>
  void define(const Svdf<Number>& o) {
    const char* type = sizeof(Number) == 1 ? "std::int8_t" : "std::int16_t";
    const std::string feature = bytes("feature", o.feature, o.filters() * o.inputs);
    const std::string feature_bias = words("feature_bias", o.feature_bias, o.filters());
    const std::string time = array("time", type, o.time, static_cast<std::size_t>(o.filters() * o.memory));
    const std::string bias = words("bias", o.bias, o.units);
    define((std::string{"Svdf<"} + type + ">").c_str(),
           ".batch = " + text(o.batch) + ", .inputs = " + text(o.inputs) + ", .units = " + text(o.units) + ", .rank = " + text(o.rank) +
               ", .memory = " + text(o.memory) + ",\n    .feature = " + feature + ", .feature_bias = " + feature_bias + ",\n    .time = " + time +
               ", .bias = " + bias + ",\n    .feature_scale = " + text(o.feature_scale) + ", .scale = " + text(o.scale) +
               ", .state_zero = " + text(o.state_zero) + ", .range = " + text(o.range));
  }
  std::string gate(const std::string& what, const LstmGate& o, const Lstm& all) {
    const std::string weight = bytes(what + "_weight", o.weight, all.units * all.inputs);
    const std::string recurrent = bytes(what + "_recurrent", o.recurrent, all.units * all.units);
    const std::string bias = words(what + "_bias", o.bias, all.units);
    return "{" + weight + ", " + recurrent + ", " + bias + ", " + text(o.scale) + ", " + text(o.recurrent_scale) + "}";
  }
  void define(const Lstm& o) {
    const std::string input = gate("input", o.input, o);
    const std::string forget = gate("forget", o.forget, o);
    const std::string cell = gate("cell", o.cell, o);
    const std::string output = gate("output", o.output, o);
    const std::string table = array("table", "std::uint16_t", o.table, 256);
    define("Lstm", ".batch = " + text(o.batch) + ", .steps = " + text(o.steps) + ", .inputs = " + text(o.inputs) + ", .units = " + text(o.units) +
                       ",\n    .input = " + input + ",\n    .forget = " + forget + ",\n    .cell = " + cell + ",\n    .output = " + output +
                       ",\n    .forget_scale = " + text(o.forget_scale) + ", .input_scale = " + text(o.input_scale) +
                       ", .output_scale = " + text(o.output_scale) + ",\n    .cell_input = {" + text(o.cell_input.multiplier) + ", " +
                       text(o.cell_input.shift) + "}, .clip = " + text(o.clip) + ", .range = " + text(o.range) + ", .table = " + table);
  }
  void define(const float32::Svdf& o) {
    const std::string feature = floats("feature", o.feature, o.filters() * o.inputs);
    const std::string time = floats("time", o.time, o.filters() * o.memory);
    const std::string bias = floats("bias", o.bias, o.units);
    define_float("Svdf", ".batch = " + text(o.batch) + ", .inputs = " + text(o.inputs) + ", .units = " + text(o.units) + ", .rank = " + text(o.rank) +
                             ", .memory = " + text(o.memory) + ",\n    .feature = " + feature + ", .time = " + time + ", .bias = " + bias +
                             ", .limits = " + text(o.limits));
  }
  void define(const float32::TransposeConv2d& o) {
    const std::string weight = floats("weight", o.weight, o.weights());
    const std::string bias = floats("bias", o.bias, o.window.output.channels);
    define_float("TransposeConv2d", ".window = " + text(o.window) + ",\n    .weight = " + weight + ", .bias = " + bias + ", .limits = " + text(o.limits));
  }
  void define(const float32::FullyConnected& o) {
    const std::string weight = floats("weight", o.weight, o.outputs * o.inputs);
    const std::string bias = floats("bias", o.bias, o.outputs);
    define_float("FullyConnected", ".rows = " + text(o.rows) + ", .inputs = " + text(o.inputs) + ", .outputs = " + text(o.outputs) +
                                       ",\n    .weight = " + weight + ", .bias = " + bias + ", .limits = " + text(o.limits));
  }
  void define(const float32::Pool2d& o) {
    constexpr const char* names[]{"mean", "sum", "largest"};
    define_float("Pool2d", ".window = " + text(o.window) + ",\n    .pooling = nn::float32::Pooling::" + names[static_cast<int>(o.pooling)] +
                               ", .limits = " + text(o.limits));
  }
  void define(const float32::Arithmetic& o) {
    constexpr const char* names[]{"sum", "difference", "product"};
    define_float("Arithmetic", ".shape = " + text(o.shape) + ",\n    .combination = nn::float32::Combination::" +
                                   names[static_cast<int>(o.combination)] + ", .limits = " + text(o.limits));
  }
  void define(const float32::Activation& o) {
    constexpr const char* names[]{"line", "logistic", "tanh", "hard_swish"};
    define_float("Activation", ".count = " + text(o.count) + ", .curve = nn::float32::Curve::" + names[static_cast<int>(o.curve)] +
                                   ", .slope = " + text(o.slope) + ", .limits = " + text(o.limits));
  }
  void define(const float32::Softmax& o) {
    define_float("Softmax", ".rows = " + text(o.rows) + ", .classes = " + text(o.classes) + ", .beta = " + text(o.beta));
  }

  const Network& network;
  std::string own;  // name of the operator that is being written
  std::string out;
  std::map<std::string, std::string> arrays;  // type and content: name
  std::map<int, std::string> flash;           // constant that operators read as a tensor: name of its array
};

template <class Each>
std::string list(std::size_t count, Each each) {
  std::string line;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) line += ", ";
    line += each(i);
  }
  return line;
}
std::string list(const std::vector<int>& numbers) {
  return list(numbers.size(), [&](std::size_t i) { return std::to_string(numbers[i]); });
}

// Numbers that differ from one to the next.
std::vector<std::int8_t> probe(const Tensor& tensor) {
  std::vector<std::int8_t> values(static_cast<std::size_t>(tensor.bytes));
  std::uint32_t state = 1;
  const auto next = [&] { return static_cast<std::int8_t>((state = state * 1664525 + 1013904223) >> 24); };
  if (tensor.type == tflite::Type::float32) {
    for (std::size_t i = 0; i < values.size(); i += sizeof(float)) {
      const float number = static_cast<float>(next()) / 32;
      std::memcpy(&values[i], &number, sizeof number);
    }
  } else {
    for (std::int8_t& value : values) value = next();
  }
  return values;
}

std::string numbered(const std::string& what, std::size_t i, const std::vector<std::int8_t>& values) {
  return "alignas(4) inline constexpr std::int8_t " + what + "_" + std::to_string(i) + "[" + std::to_string(values.size()) + "]{\n" + rows(values.data(), values.size()) + "};\n";
}

// What the codes of the inputs and outputs stand for.
std::string affines(const Network& network) {
  std::string out;
  const auto add = [&](const char* what, const std::vector<int>& tensors) {
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const Tensor& tensor = network.tensors[static_cast<std::size_t>(tensors[i])];
      if (tensor.type == tflite::Type::int8)
        out += std::string{"inline constexpr nn::int8::Affine "} + what + "_" + std::to_string(i) + "{.scale = " + text(tensor.affine.scale) +
               ", .zero = " + text(tensor.affine.zero) + "};\n";
    }
  };
  add("input", network.inputs);
  add("output", network.outputs);
  return out.empty() ? out : "// What the codes of inputs and outputs stand for.\n" + out + "\n";
}

}  // namespace

std::string header(const Network& network, const std::string& name, const std::string& command, const Cases& cases, const Addition& more) {
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + command + "\n//\n";
  std::vector<std::int32_t> sizes;  // of those with a place in the workspace
  for (const Tensor& tensor : network.tensors) {
    if (!tensor.constant.empty()) continue;
    out += "// tensor " + std::to_string(sizes.size()) + "  " + tensor.text + "\n";
    sizes.push_back(tensor.bytes);
  }
  if (!network.removed.empty())
    out += "// removed: " + list(network.removed.size(), [&](std::size_t i) { return network.removed[i]; }) + "\n";
  for (const std::string& sentence : network.report) out += "// " + sentence + "\n";
  for (const std::string& note : more.notes) out += "// " + note + "\n";
  out += "#pragma once\n\n#include <cstdint>\n#include <string_view>\n\n#include \"nn/float32/float32.hpp\"\n#include \"nn/int16/int16.hpp\"\n#include \"nn/int8/int8.hpp\"\n" + more.includes + "\nnamespace " + name + " {\n\n";
  Writer writer{network};
  out += writer.constants();
  const auto tensors = [&](const std::vector<int>& numbers) {
    return list(numbers.size(), [&](std::size_t i) { return writer.input(numbers[i]); });
  };
  out += "using Net = nn::int8::Graph<\n    nn::int8::Tensors<" + list(sizes) + ">,\n    nn::int8::Inputs<" + tensors(network.inputs) +
         ">, nn::int8::Outputs<" + tensors(network.outputs) + ">";
  for (const Applied& applied : network.operators)
    out += ",\n    nn::int8::Apply<" + applied.name + ", " + tensors({applied.output}) + ", " + tensors(applied.inputs) + ">";
  out += ">;\n\n" + affines(network) + more.code + "// One input, and the answer that was computed for it.\n";
  std::vector<std::vector<std::int8_t>> x;
  for (std::size_t i = 0; i < network.inputs.size(); ++i) {
    x.push_back(probe(network.tensors[static_cast<std::size_t>(network.inputs[i])]));
    out += numbered("probe", i, x.back());
  }
  const std::vector<std::int8_t> y = run(network, x);
  std::size_t at = 0;
  for (std::size_t i = 0; i < network.outputs.size(); ++i) {
    const std::size_t bytes = static_cast<std::size_t>(network.tensors[static_cast<std::size_t>(network.outputs[i])].bytes);
    out += numbered("answer", i, {y.begin() + static_cast<std::ptrdiff_t>(at), y.begin() + static_cast<std::ptrdiff_t>(at + bytes)});
    at += bytes;
  }
  if (cases.count > 0) {
    out += "\n// Cases to compare with, back to back.\ninline constexpr std::int32_t cases = " + std::to_string(cases.count) + ";\n";
    for (std::size_t i = 0; i < cases.inputs.size(); ++i) out += numbered("cases_input", i, cases.inputs[i]);
    for (std::size_t i = 0; i < cases.outputs.size(); ++i) out += numbered("cases_output", i, cases.outputs[i]);
    const tflite::Type type = network.tensors[static_cast<std::size_t>(network.outputs[0])].type;
    out += std::string{"inline constexpr std::string_view cases_arithmetic = \""} + (type == tflite::Type::float32 ? "float" : tflite::name(type)) + "\";\n";
    out += std::string{"inline constexpr bool cases_reset = "} + (cases.reset ? "true" : "false") + ";\n";
    const auto pointers = [&](const std::string& what, std::size_t count) {
      out += "inline constexpr const std::int8_t* " + what + "s[]{" +
             list(count, [&](std::size_t i) { return what + "_" + std::to_string(i); }) + "};\n";
    };
    pointers("cases_input", cases.inputs.size());
    pointers("cases_output", cases.outputs.size());
  }
  return out + "\n}  // namespace " + name + "\n";
}

}  // namespace tools::importer

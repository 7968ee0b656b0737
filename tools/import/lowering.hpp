// Lowering: what every operator needs on its way from a model to a network, whatever its type. What tools/tflite has checked of
// inputs, options, types and shapes is not looked at again.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <map>

#include "tools/data/failure.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/network.hpp"
#include "tools/import/scales.hpp"
#include "tools/import/supported.hpp"
#include "tools/tflite/names.hpp"

namespace tools::importer {

using namespace nn::int8;
using tflite::Op;
using tflite::Type;

inline std::int32_t elements(const std::vector<int>& shape) {
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

inline std::vector<std::int64_t> whole_numbers(const tflite::Tensor& tensor) {
  if (tensor.type == Type::int64) return numbers<std::int64_t>(tensor);
  const std::vector<std::int32_t> values = numbers<std::int32_t>(tensor);
  return {values.begin(), values.end()};
}

inline std::int32_t bytes_of(Type type) { return type == Type::float32 ? 4 : type == Type::int16 ? 2 : 1; }

class Lowering {
 public:
  explicit Lowering(const tflite::Model& all) : model{all} {}

 protected:
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

  // The operator, or its numbers, of this type cannot be lowered.
  [[noreturn]] void refuse_type(Type type) const {
    refuse(std::string{"is not supported on "} + tflite::name(type), supported(type));
  }

  Failure refusal(int of_model, const std::string& wrong, const std::string& expected) const {
    return failure(model.file + ": " + tflite::label(model, of_model), wrong, expected);
  }

  // Its bytes.
  std::int64_t require_size(int of_model) const {
    const tflite::Tensor& tensor = model.tensors[static_cast<std::size_t>(of_model)];
    const std::int64_t bytes = std::int64_t{elements(tensor.shape)} * bytes_of(tensor.type);
    if (bytes > most_tensor_bytes)
      throw refusal(of_model, "has " + std::to_string(bytes) + " bytes", "at most " + std::to_string(most_tensor_bytes));
    return bytes;
  }

  // The number of a tensor in the network, which has no two names of one memory.
  int tensor(int of_model) {
    if (const auto found = place.find(of_model); found != place.end()) return found->second;
    const tflite::Tensor& source = model.tensors[static_cast<std::size_t>(of_model)];
    const auto require_tensor = [&](bool good, const std::string& wrong, const std::string& expected) {
      if (!good) throw refusal(of_model, wrong, expected);
    };
    require_tensor(source.type == Type::int8 || source.type == Type::int16 || source.type == Type::float32,
                   std::string{"has the type "} + tflite::name(source.type), "int8, int16 or float32");
    require_tensor(source.quantization.scale.size() <= 1, "has " + std::to_string(source.quantization.scale.size()) + " scales", "one");
    require_tensor(!source.variable, "is a variable that is read as an input", "a tensor that is computed, or a constant");
    const std::int64_t bytes = require_size(of_model);
    all_bytes += bytes;
    require_tensor(all_bytes <= most_bytes, "and those before it have " + std::to_string(all_bytes) + " bytes",
                   "at most " + std::to_string(most_bytes) + " in all");
    std::string text = std::string{tflite::name(source.type)} + " " + tflite::text(source.shape);
    if (source.quantization.scale.size() == 1)
      text += ", scale " + std::to_string(scale(source)) + ", zero point " + std::to_string(zero(source));
    result.tensors.push_back({static_cast<std::int32_t>(bytes), source.type, text});
    Tensor& made = result.tensors.back();
    if (source.quantization.scale.size() == 1) made.affine = {scale(source), zero(source)};
    made.shape = source.shape;
    made.constant.assign(source.data.begin(), source.data.end());
    if (!source.shape.empty()) made.channels = source.shape.back();
    return place[of_model] = static_cast<int>(result.tensors.size()) - 1;
  }

  // Makes output `output` of inputs 0 to `inputs` - 1.
  void apply(Operation lowered, std::size_t inputs = 1, std::size_t output = 0) {
    std::vector<int> from;
    for (std::size_t i = 0; i < inputs; ++i) from.push_back(tensor(operation().inputs[i]));
    std::string name;
    for (char c : operation().name) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    name += "_" + std::to_string(index);
    if (operation().outputs.size() > 1) name += "_" + std::to_string(output);
    const int to = tensor(operation().outputs[output]);
    all_steps += steps(lowered, result.tensors[static_cast<std::size_t>(to)].bytes);
    require(all_steps <= most_steps, "and those before it read " + std::to_string(all_steps) + " numbers",
            "at most " + std::to_string(most_steps));
    result.operators.push_back({std::move(lowered), name, to, from});
  }

  static float scale(const tflite::Tensor& tensor) { return tensor.quantization.scale[0]; }
  static std::int32_t zero(const tflite::Tensor& tensor) { return static_cast<std::int32_t>(tensor.quantization.zero_point[0]); }
  static std::int32_t highest(Type type) { return type == Type::int16 ? 32767 : 127; }
  Range whole_range() const { return {zero(out()), -highest(out().type) - 1, highest(out().type)}; }
  Range output_range() const {
    return activation_range(options().activation, scale(out()), zero(out()), whole_range().least, whole_range().most);
  }

  void require_type(const tflite::Tensor& tensor, const std::string& what, Type type) const {
    require(tensor.type == type, "has " + what + " of type " + tflite::name(tensor.type), tflite::name(type));
  }

  void require_constant(const tflite::Tensor& tensor, const std::string& what) const {
    require(!tensor.data.empty(), "has " + what + " that are computed", "constants");
  }

  void require_same_quantization() const {
    require(scale(in(0)) == scale(out()) && zero(in(0)) == zero(out()), "changes the scale", "the same scale and zero point on both sides");
  }

  void require_symmetric(const tflite::Tensor& tensor) const {
    require(zero(tensor) == 0, "has the zero point " + std::to_string(zero(tensor)) + " on int16", "0");
  }

  Extent image(const tflite::Tensor& tensor) const {
    require(tensor.shape.size() == 4, "has the shape " + tflite::text(tensor.shape), "four dimensions");
    return {tensor.shape[1], tensor.shape[2], tensor.shape[3]};
  }

  void require_reach(std::int64_t kernel, std::int64_t dilation) const {
    const std::int64_t reach = (kernel - 1) * dilation + 1;
    require(reach <= most_reach, "has a window over " + std::to_string(reach) + " rows or columns",
            "at most " + std::to_string(most_reach));
  }
  Window window(int kernel_h, int kernel_w) const {
    require_reach(kernel_h, options().dilation_h);
    require_reach(kernel_w, options().dilation_w);
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
  // Of a transposed convolution: the padding is that of the convolution of its output.
  TransposeWindow transpose_window() const {
    TransposeWindow window{.batch = in(0).shape[0], .input = image(in(0)), .output = image(out())};
    window.kernel = {in(1).shape[1], in(1).shape[2]};
    window.stride = {options().stride_h, options().stride_w};
    require(std::int64_t{options().stride_h} * options().stride_w <= most_phases,
            "has the strides " + std::to_string(options().stride_h) + " and " + std::to_string(options().stride_w),
            "a product of at most " + std::to_string(most_phases));
    window.before = {padding(window.output.height, window.input.height, window.kernel.height, window.stride.height, 1),
                     padding(window.output.width, window.input.width, window.kernel.width, window.stride.width, 1)};
    return window;
  }
  // Rows or columns before the first: the smaller half of what is missing.
  int padding(int input, int output, int kernel, int stride, int dilation) const {
    if (options().padding == tflite::Padding::valid) return 0;
    return std::max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input) / 2;
  }

  // At most five dimensions, those that are missing in front.
  std::array<std::int32_t, 5> five(const std::vector<int>& shape) const {
    require(shape.size() <= 5, "has a tensor of the shape " + tflite::text(shape), "at most five dimensions");
    std::array<std::int32_t, 5> all{1, 1, 1, 1, 1};
    std::copy(shape.begin(), shape.end(), all.end() - static_cast<std::ptrdiff_t>(shape.size()));
    return all;
  }

  Broadcast broadcast() const {
    if (elements(in(0).shape) == elements(out().shape) && elements(in(1).shape) == elements(out().shape))
      return {{1, 1, 1, 1, elements(out().shape)}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}};
    const auto y = five(out().shape);
    const std::array inputs{five(in(0).shape), five(in(1).shape)};
    Broadcast shape{};
    std::copy(y.begin(), y.end(), shape.extent);
    for (std::size_t i = 0; i < 2; ++i) {
      std::int32_t step = 1;
      for (std::size_t d = 5; d-- > 0; step *= inputs[i][d])
        (i == 0 ? shape.a_step : shape.b_step)[d] = inputs[i][d] == 1 ? 0 : step;
    }
    return shape;
  }

  // `value` fills unless the operator says otherwise.
  template <class Number>
  void pad(Number value) {
    if (in(0).type != Type::float32) require_same_quantization();
    const auto input = five(in(0).shape);
    const auto output = five(out().shape);
    const std::vector<std::int64_t> before = whole_numbers(in(1));
    nn::graph::Pad<Number> lowered{{}, {}, {}, value};
    std::copy(input.begin(), input.end(), lowered.input);
    std::copy(output.begin(), output.end(), lowered.output);
    const std::size_t missing = 5 - in(0).shape.size();
    for (std::size_t d = 0; d < in(0).shape.size(); ++d) lowered.before[missing + d] = static_cast<std::int32_t>(before[2 * d]);
    if (operation().op == Op::pad_v2) {
      require(in(2).data.size() == sizeof(Number), "has a value that is not one constant",
              std::string{"one of "} + tflite::name(in(0).type));
      lowered.value = numbers<Number>(in(2))[0];
    }
    apply(lowered);
  }

  // of(a number of the input's type)
  void typed(auto of) const {
    switch (in(0).type) {
      case Type::float32: return of(float{});
      case Type::int16: return of(std::int16_t{});
      default: return of(std::int8_t{});
    }
  }

  void concatenation() {
    std::vector<std::int32_t>& parts = result.words.emplace_back();
    std::int32_t repeats = 1;
    for (int d = 0; d < options().axis; ++d) repeats *= out().shape[static_cast<std::size_t>(d)];
    for (std::size_t i = 0; i < operation().inputs.size(); ++i) {
      if (in(i).type != Type::float32)
        require(scale(in(i)) == scale(out()) && zero(in(i)) == zero(out()), "has inputs of several scales", "one scale and zero point");
      parts.push_back(elements(in(i).shape) / repeats);
    }
    require(options().activation == tflite::Activation::none, "has a fused activation", "none");
    typed([&]<class Number>(Number) {
      apply(nn::graph::Concatenation<Number>{repeats, static_cast<std::int32_t>(parts.size()), parts.data()}, operation().inputs.size());
    });
  }

  void require_one_group() const {
    const int channels = in(0).shape.back(), read = in(1).shape.back();
    require(read == channels, "is a grouped convolution: weights for " + std::to_string(read) + " channels of " + std::to_string(channels),
            "as many as the input has");
  }

  // The whole height, width or both.
  Window reduced() const {
    Window read{};
    read.batch = in(0).shape[0];
    read.input = image(in(0));
    read.output = read.input;
    for (std::int64_t axis : whole_numbers(in(1))) {
      if (axis < 0) axis += 4;
      require(axis == 1 || axis == 2, "reduces dimension " + std::to_string(axis), "the height (1), the width (2) or both");
      (axis == 1 ? read.kernel.height : read.kernel.width) = axis == 1 ? read.input.height : read.input.width;
      (axis == 1 ? read.output.height : read.output.width) = 1;
    }
    return read;
  }

  // A reshape moves nothing: its output is its input.
  void remove() {
    place[operation().outputs[0]] = tensor(operation().inputs[0]);
    result.removed.push_back(operation().name + " " + std::to_string(index));
  }

  const tflite::Model& model;
  std::size_t index = 0;
  Network result;
  std::map<int, int> place;  // of the model's tensors among the network's
  std::int64_t all_bytes = 0;
  std::int64_t all_steps = 0;
};

}  // namespace tools::importer

// Lowering: what every operator needs on its way from a model to a network, whatever its type.
#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <map>

#include "tools/data/failure.hpp"
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

  // The number of a tensor in the network, which has no constants and no two names of one memory.
  int tensor(int of_model) {
    if (const auto found = place.find(of_model); found != place.end()) return found->second;
    const tflite::Tensor& source = model.tensors[static_cast<std::size_t>(of_model)];
    if (source.type != Type::int8 && source.type != Type::int16 && source.type != Type::float32)
      throw failure(model.file + ": " + tflite::label(model, of_model), std::string{"has the type "} + tflite::name(source.type), "int8, int16 or float32");
    std::string text = std::string{tflite::name(source.type)} + " " + tflite::text(source.shape);
    if (source.quantization.scale.size() == 1)
      text += ", scale " + std::to_string(source.quantization.scale[0]) + ", zero point " + std::to_string(source.quantization.zero_point[0]);
    result.tensors.push_back({elements(source.shape) * bytes_of(source.type), source.type, text});
    if (source.quantization.scale.size() == 1) result.tensors.back().affine = {scale(source), zero(source)};
    return place[of_model] = static_cast<int>(result.tensors.size()) - 1;
  }

  // Makes output `output` of inputs 0 to `inputs` - 1.
  void apply(Operation lowered, std::size_t inputs = 1, std::size_t output = 0) {
    std::vector<int> from;
    for (std::size_t i = 0; i < inputs; ++i) {
      require(in(i).data.empty(), "has a constant as input " + std::to_string(i), "a tensor that is computed");
      from.push_back(tensor(operation().inputs[i]));
    }
    std::string name;
    for (char c : operation().name) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    name += "_" + std::to_string(index);
    if (operation().outputs.size() > 1) name += "_" + std::to_string(output);
    result.operators.push_back({std::move(lowered), name, tensor(operation().outputs[output]), from});
  }

  static float scale(const tflite::Tensor& tensor) { return tensor.quantization.scale[0]; }
  static std::int32_t zero(const tflite::Tensor& tensor) { return static_cast<std::int32_t>(tensor.quantization.zero_point[0]); }
  static std::int32_t highest(Type type) { return type == Type::int16 ? 32767 : 127; }
  Range whole_range() const { return {zero(out()), -highest(out().type) - 1, highest(out().type)}; }
  Range output_range() const {
    return activation_range(options().activation, scale(out()), zero(out()), whole_range().least, whole_range().most);
  }

  void require_quantized(const tflite::Tensor& tensor, const std::string& what, Type type = Type::int8) const {
    require(tensor.type == type && tensor.quantization.scale.size() == 1, "has " + what + " of type " + tflite::name(tensor.type),
            std::string{tflite::name(type)} + " with one scale");
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
  // Of a transposed convolution: the padding is that of the convolution of its output.
  TransposeWindow transpose_window() const {
    TransposeWindow window{.batch = in(0).shape[0], .input = image(in(0)), .output = image(out()), .kernel = {in(1).shape[1], in(1).shape[2]}};
    window.stride = {options().stride_h, options().stride_w};
    window.before = {padding(window.output.height, window.input.height, window.kernel.height, window.stride.height, 1),
                     padding(window.output.width, window.input.width, window.kernel.width, window.stride.width, 1)};
    return window;
  }
  // Rows or columns before the first: the smaller half of what is missing.
  int padding(int input, int output, int kernel, int stride, int dilation) const {
    if (options().padding == tflite::Padding::valid) return 0;
    return std::max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input) / 2;
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

  // `value` fills unless the operator says otherwise.
  template <class Number>
  void pad(Number value) {
    if (in(0).type != Type::float32) require_same_quantization();
    const auto input = four(in(0).shape);
    const auto output = four(out().shape);
    std::vector<std::int64_t> before = in(1).type == Type::int64 ? numbers<std::int64_t>(in(1)) : std::vector<std::int64_t>{};
    if (in(1).type == Type::int32)
      for (std::int32_t count : numbers<std::int32_t>(in(1))) before.push_back(count);
    require(before.size() == 2 * in(0).shape.size(), "has paddings that are not constant, or not two for each dimension", "constants");
    PadOf<Number> lowered{{}, {}, {}, value};
    std::copy(input.begin(), input.end(), lowered.input);
    std::copy(output.begin(), output.end(), lowered.output);
    const std::size_t missing = 4 - in(0).shape.size();
    for (std::size_t d = 0; d < in(0).shape.size(); ++d) {
      require(before[2 * d] >= 0 && before[2 * d + 1] >= 0 && input[missing + d] + before[2 * d] + before[2 * d + 1] == output[missing + d],
              "has paddings that do not fit its shapes", "input and padding to give the output");
      lowered.before[missing + d] = static_cast<std::int32_t>(before[2 * d]);
    }
    if (operation().op == Op::pad_v2) {
      require(in(2).type == in(0).type && in(2).data.size() == sizeof(Number), "has a value that is not one constant", std::string{"one of "} + tflite::name(in(0).type));
      lowered.value = numbers<Number>(in(2))[0];
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
      parts.push_back(elements(in(i).shape) / repeats * bytes_of(in(i).type));
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

  // A reshape moves nothing: its output is its input.
  void remove() {
    require(operation().inputs[0] >= 0 && in(0).data.empty(), "has a constant as input", "a tensor that is computed");
    require(elements(in(0).shape) == elements(out().shape), "changes the count of elements", "as many as before");
    place[operation().outputs[0]] = tensor(operation().inputs[0]);
    result.removed.push_back(operation().name + " " + std::to_string(index));
  }

  const tflite::Model& model;
  std::size_t index = 0;
  Network result;
  std::map<int, int> place;  // of the model's tensors among the network's
};

}  // namespace tools::importer

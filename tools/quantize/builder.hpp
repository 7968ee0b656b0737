// Builder: a TensorFlow Lite model made in memory, float32, operator by operator in the order in which they run.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "nn/shape.hpp"
#include "tools/tflite/model.hpp"

namespace tools::quantizer {

// Heights, widths and channels are below 2^31 because the network was made in memory.
inline int whole(std::size_t count) { return static_cast<int>(count); }
inline std::vector<int> image(const nn::Shape& shape) { return {1, whole(shape.height), whole(shape.width), whole(shape.channels)}; }

class Builder {
 public:
  explicit Builder(const std::string& name) { model.file = name; }

  // A tensor that is computed, or an input of the model.
  int tensor(const nn::Shape& shape) { return add({.name = "", .type = tflite::Type::float32, .shape = image(shape), .quantization = {}, .data = {}}); }
  int input(const nn::Shape& shape) { return model.inputs.emplace_back(tensor(shape)); }

  int constant(std::vector<int> shape, const std::vector<float>& values) { return constant(tflite::Type::float32, std::move(shape), values); }
  int constant(std::vector<int> shape, const std::vector<std::int32_t>& values) { return constant(tflite::Type::int32, std::move(shape), values); }

  // Gives the operator's output.
  int apply(tflite::Op op, const char* name, std::vector<int> inputs, const nn::Shape& shape, const tflite::Options& options = {}) {
    const int output = tensor(shape);
    model.operators.push_back({op, name, std::move(inputs), {output}, options});
    return output;
  }

  // Works an activation, which never falls, into the operator with weights or the addition that x comes from: also before a
  // maximum or a reshape that stands between, as these commute with it. False if x comes from another.
  bool fuse(int x, tflite::Activation activation) {
    using tflite::Op;
    for (std::size_t i = model.operators.size(); i-- > 0;) {
      tflite::Operator& operation = model.operators[i];
      if (operation.outputs[0] != x || x < first_unshared) continue;
      switch (operation.op) {
        case Op::max_pool_2d:
        case Op::reshape: x = operation.inputs[0]; break;
        case Op::add:
        case Op::conv_2d:
        case Op::depthwise_conv_2d:
        case Op::fully_connected:
          if (operation.options.activation != tflite::Activation::none) return false;
          operation.options.activation = activation;
          return true;
        default: return false;
      }
    }
    return false;
  }

  // Calls make(x) for a branch that begins at x, which others read, too.
  int branch(int x, auto make) {
    const int before = first_unshared;
    first_unshared = whole(model.tensors.size());
    const int y = make(x);
    first_unshared = before;
    return y;
  }

  tflite::Model finish(int output) {
    model.outputs = {output};
    return model;
  }

 private:
  int add(tflite::Tensor tensor) {
    model.tensors.push_back(std::move(tensor));
    return whole(model.tensors.size()) - 1;
  }

  template <class Number>
  int constant(tflite::Type type, std::vector<int> shape, const std::vector<Number>& values) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return add({.name = "", .type = type, .shape = std::move(shape), .quantization = {}, .data = std::move(bytes)});
  }

  tflite::Model model;
  int first_unshared = 0;
};

}  // namespace tools::quantizer

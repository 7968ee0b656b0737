// Builder: a TensorFlow Lite model made in memory, float32, operator by operator in the order in which they run.
#pragma once

#include <cctype>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "nn/shape.hpp"
#include "tools/import/model.hpp"

namespace tools::quantizer {

// Heights, widths and channels are below 2^31 because the network was made in memory.
inline int whole(std::size_t count) { return static_cast<int>(count); }
inline std::vector<int> image(const nn::Shape& shape) {
  return {1, whole(shape.height), whole(shape.width), whole(shape.channels)};
}

class Builder {
 public:
  explicit Builder(const std::string& name) { model.file = name; }

  // A tensor that is computed, or an input of the model.
  int tensor(const nn::Shape& shape) { return tensor(image(shape)); }
  int tensor(std::vector<int> shape) {
    return add({.name = "", .type = importer::Type::float32, .shape = std::move(shape), .quantization = {}, .data = {}});
  }
  int input(const nn::Shape& shape) { return model.inputs.emplace_back(tensor(shape)); }

  int constant(std::vector<int> shape, const std::vector<float>& values) {
    return constant(importer::Type::float32, std::move(shape), values);
  }
  int constant(std::vector<int> shape, const std::vector<std::int32_t>& values) {
    return constant(importer::Type::int32, std::move(shape), values);
  }

  // Gives the operator's output.
  int apply(const std::string& kind, std::vector<int> inputs, const nn::Shape& shape,
            const importer::Attributes& attributes = {}) {
    return apply(kind, std::move(inputs), image(shape), attributes);
  }
  int apply(const std::string& kind, std::vector<int> inputs, std::vector<int> shape,
            const importer::Attributes& attributes = {}) {
    const int output = tensor(std::move(shape));
    std::string name = kind;  // as TensorFlow Lite has it
    for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    model.operators.push_back(
        {.kind = kind, .name = name, .inputs = std::move(inputs), .outputs = {output}, .attributes = attributes});
    return output;
  }

  // Works an activation, which never falls, into the operator with weights or the addition that x comes from: also before a
  // maximum or a reshape that stands between, as these commute with it. False if x comes from another.
  bool fuse(int x, const std::string& activation) {
    for (std::size_t i = model.operators.size(); i-- > 0;) {
      importer::Operator& operation = model.operators[i];
      if (operation.outputs[0] != x || x < first_unshared) continue;
      if (operation.kind == "max_pool_2d" || operation.kind == "reshape") {
        x = operation.inputs[0];
      } else {
        if (!fuses(operation.kind) || operation.attributes.has("activation")) return false;
        operation.attributes.set("activation", activation);
        return true;
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

  importer::Model finish(int output) {
    model.outputs = {output};
    return model;
  }

 private:
  static bool fuses(const std::string& kind) {
    return kind == "add" || kind == "conv_2d" || kind == "depthwise_conv_2d" || kind == "fully_connected";
  }

  int add(importer::Tensor tensor) {
    model.tensors.push_back(std::move(tensor));
    return whole(model.tensors.size()) - 1;
  }

  template <class Number>
  int constant(importer::Type type, std::vector<int> shape, const std::vector<Number>& values) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return add({.name = "", .type = type, .shape = std::move(shape), .quantization = {}, .data = std::move(bytes)});
  }

  importer::Model model;
  int first_unshared = 0;
};

}  // namespace tools::quantizer

#include "tools/quantize/builder.hpp"

#include <cctype>
#include <cstring>
#include <utility>

namespace tools::quantizer {
namespace {

bool fuses(const std::string& kind) {
  return kind == "add" || kind == "conv_2d" || kind == "depthwise_conv_2d" || kind == "fully_connected";
}

template <class Number>
importer::Tensor constant_of(importer::Type type, std::vector<int> shape, const std::vector<Number>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(Number));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return {.name = "", .type = type, .shape = std::move(shape), .quantization = {}, .data = std::move(bytes)};
}

}  // namespace

std::vector<int> image(const nn::Shape& shape) { return {1, whole(shape.height), whole(shape.width), whole(shape.channels)}; }

Builder::Builder(const std::string& name) { model.file = name; }
Builder::~Builder() = default;

int Builder::tensor(const nn::Shape& shape) { return tensor(image(shape)); }
int Builder::tensor(std::vector<int> shape) {
  return add({.name = "", .type = importer::Type::float32, .shape = std::move(shape), .quantization = {}, .data = {}});
}
int Builder::input(const nn::Shape& shape) { return model.inputs.emplace_back(tensor(shape)); }

int Builder::constant(std::vector<int> shape, const std::vector<float>& values) {
  return add(constant_of(importer::Type::float32, std::move(shape), values));
}
int Builder::constant(std::vector<int> shape, const std::vector<std::int32_t>& values) {
  return add(constant_of(importer::Type::int32, std::move(shape), values));
}

int Builder::apply(const std::string& kind, std::vector<int> inputs, const nn::Shape& shape,
                   const importer::Attributes& attributes) {
  return apply(kind, std::move(inputs), image(shape), attributes);
}
int Builder::apply(const std::string& kind, std::vector<int> inputs, std::vector<int> shape,
                   const importer::Attributes& attributes) {
  const int output = tensor(std::move(shape));
  std::string name = kind;  // as TensorFlow Lite has it
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  model.operators.push_back(
      {.kind = kind, .name = name, .inputs = std::move(inputs), .outputs = {output}, .attributes = attributes});
  return output;
}

bool Builder::fuse(int x, const std::string& activation) {
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

importer::Model Builder::finish(int output) {
  model.outputs = {output};
  return model;
}

int Builder::add(importer::Tensor tensor) {
  model.tensors.push_back(std::move(tensor));
  return whole(model.tensors.size()) - 1;
}

}  // namespace tools::quantizer

#include "tools/quantize/report.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "tools/data/failure.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/tflite/names.hpp"

namespace tools::quantizer {

namespace {

std::string line(const std::string& name, const char* activation, const tflite::Tensor& tensor, const std::string& weights) {
  const nn::int8::Affine affine{tensor.quantization.scale[0], static_cast<std::int32_t>(tensor.quantization.zero_point[0])};
  char text[160];
  std::snprintf(text, sizeof text, "%-26s%-8s%12.4f%12.4f%14.7f%6d", name.c_str(), activation, static_cast<double>(affine.real(-128)),
                static_cast<double>(affine.real(127)), static_cast<double>(affine.scale), static_cast<int>(affine.zero));
  return tflite::text(text, weights.empty() ? "" : "  ", weights, "\n");
}

}  // namespace

std::string table(const tflite::Model& model) {
  const auto tensor = [&](int index) -> const tflite::Tensor& { return model.tensors[static_cast<std::size_t>(index)]; };
  char head[160];
  std::snprintf(head, sizeof head, "%-34s%12s%12s%14s%6s  %s\n", "tensor", "least", "largest", "scale", "zero", "weights");
  std::string out = head;
  for (int input : model.inputs) out += line("input", "", tensor(input), "");
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const tflite::Operator& operation = model.operators[i];
    std::string name;
    for (char c : operation.name) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const char* activation = operation.options.activation == tflite::Activation::none ? "" : tflite::name(operation.options.activation);
    const std::string weights = has_weights(operation.op) ? std::to_string(tensor(operation.inputs[1]).data.size()) : "";
    out += line(tflite::text(name, "_", i), activation, tensor(operation.outputs[0]), weights);
  }
  return out;
}

Bytes bytes(const importer::Network& network) {
  Bytes sum{0, importer::Runner{network}.workspace_bytes()};
  for (const auto& list : network.bytes) sum.constants += list.size();
  for (const auto& list : network.words) sum.constants += list.size() * sizeof list[0];
  for (const auto& list : network.scales) sum.constants += list.size() * sizeof list[0];
  return sum;
}

}  // namespace tools::quantizer

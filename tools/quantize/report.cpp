#include "tools/quantize/report.hpp"

#include <algorithm>
#include <cstdio>

#include "tools/quantize/int8_model.hpp"
#include "tools/import/names.hpp"
#include "tools/import/run.hpp"

namespace tools::quantizer {

namespace {

std::string line(const std::string& name, const char* activation, const importer::Tensor& tensor, const std::string& weights) {
  const nn::int8::Affine affine{tensor.quantization.scale[0], static_cast<std::int32_t>(tensor.quantization.zero_point[0])};
  char text[160];
  std::snprintf(text, sizeof text, "%-26s%-8s%12.4f%12.4f%14.7f%6d", name.c_str(), activation,
                static_cast<double>(affine.real(-128)), static_cast<double>(affine.real(127)), static_cast<double>(affine.scale),
                static_cast<int>(affine.zero));
  return tools::text(text, weights.empty() ? "" : "  ", weights, "\n");
}

}  // namespace

std::string table(const importer::Model& model) {
  const auto tensor = [&](int index) -> const importer::Tensor& { return model.tensors[static_cast<std::size_t>(index)]; };
  char head[160];
  std::snprintf(head, sizeof head, "%-34s%12s%12s%14s%6s  %s\n", "tensor", "least", "largest", "scale", "zero", "weights");
  std::string out = head;
  for (int input : model.inputs) out += line(tensor(input).name, "", tensor(input), "");
  for (const importer::Operator& operation : model.operators) {
    const importer::Tensor& output = tensor(operation.outputs[0]);
    const auto* activation = operation.attributes.find<std::string>("activation");
    std::string weights = has_weights(operation.kind) ? std::to_string(tensor(operation.inputs[1]).data.size()) : "";
    if (recurs(operation.kind))
      weights = std::to_string(tensor(operation.inputs[1]).data.size() + tensor(operation.inputs[2]).data.size());
    if (const auto* bits = operation.attributes.find<std::int64_t>("cell_bits"))
      weights += tools::text(", cell in 1/", 1 << *bits);
    out += line(output.name, activation == nullptr ? "" : activation->c_str(), output, weights);
  }
  return out;
}

Bytes bytes(const importer::Network& network) {
  importer::Writer writer;
  for (const importer::Applied& applied : network.operators) {
    writer.begin(applied.name);
    applied.operation->write(writer);
  }
  return {static_cast<std::size_t>(writer.bytes_written), importer::Runner{network}.workspace_bytes()};
}

}  // namespace tools::quantizer

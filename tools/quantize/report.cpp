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

// As many as the largest network of tools/quantize has; the compiler's plan is of its own size, and the same.
constexpr std::size_t most_operators = 256;
constexpr std::size_t most_blocks = 2 * most_operators + 1;
constexpr std::size_t most_inputs = 16;

std::size_t workspace(const importer::Network& network) {
  using namespace nn::int8;
  const std::size_t tensors = network.tensors.size();
  const std::size_t operators = network.operators.size();
  std::array<Block, most_blocks> blocks{};
  std::array<Step<most_inputs>, most_operators> steps{};
  if (operators > most_operators || tensors + operators > most_blocks)
    throw Failure{"the network has " + std::to_string(operators) + " operators; expected at most " + std::to_string(most_operators)};
  for (std::size_t t = 0; t < tensors; ++t) blocks[t].bytes = network.tensors[t].bytes;
  for (std::size_t i = 0; i < operators; ++i) {
    const importer::Applied& applied = network.operators[i];
    const std::int32_t at = static_cast<std::int32_t>(i);
    if (applied.inputs.size() > most_inputs)
      throw Failure{"a Concat has " + std::to_string(applied.inputs.size()) + " branches; expected at most " + std::to_string(most_inputs)};
    for (int input : applied.inputs) blocks[static_cast<std::size_t>(input)].last = at;
    Block& output = blocks[static_cast<std::size_t>(applied.output)];
    output.first = output.last = at;
    std::visit([&](const auto& operation) {
      blocks[tensors + i] = {operation.scratch(), at, at};
      steps[i].output = applied.output;
      for (int input : applied.inputs) {
        steps[i].overlap[steps[i].inputs] = operation.overlap(static_cast<int>(steps[i].inputs));
        steps[i].input[steps[i].inputs++] = input;
      }
    }, applied.operation);
  }
  for (int output : network.outputs) blocks[static_cast<std::size_t>(output)].last = static_cast<std::int32_t>(operators);
  return static_cast<std::size_t>(Planner<most_blocks, most_operators, most_inputs>{blocks, steps}.best().bytes);
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
  Bytes sum{0, workspace(network)};
  for (const auto& list : network.bytes) sum.constants += list.size();
  for (const auto& list : network.words) sum.constants += list.size() * sizeof list[0];
  for (const auto& list : network.scales) sum.constants += list.size() * sizeof list[0];
  return sum;
}

}  // namespace tools::quantizer

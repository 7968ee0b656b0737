#include "import_sequence.hpp"

#include <algorithm>
#include <cstdint>

#include "tools/import/run.hpp"

namespace reference {

std::vector<std::vector<Integer>> run_sequence(const Sequence& sequence, int runs) {
  using namespace tools::importer;
  using tools::importer::Model, tools::importer::Type;  // not this namespace's
  using Words = std::vector<Integer>;
  const auto bytes = [](const Words& words, std::size_t size) {
    std::vector<std::uint8_t> all;
    for (Integer word : words)
      for (std::size_t i = 0; i < size; ++i) all.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(word) >> 8 * i));
    return all;
  };
  const auto by_row = [&](const std::vector<float>& scale) {
    if (std::all_of(scale.begin(), scale.end(), [&](float each) { return each == scale[0]; }))
      return Quantization{{scale[0]}, {0}};
    Quantization made;
    for (float each : scale) made.scale.insert(made.scale.end(), static_cast<std::size_t>(sequence.units), each);
    made.zero_point.assign(made.scale.size(), 0);
    return made;
  };
  const bool gru = sequence.kind == Sequence::gru_behind || sequence.kind == Sequence::gru_before;
  const int rows = sequence.gates() * sequence.units, steps = sequence.last_only ? 1 : sequence.steps;
  const Quantization x{{sequence.x_scale}, {sequence.x_zero}}, h{{sequence.h_scale}, {sequence.h_zero}};
  Model model{.file = "sequence", .tensors = {}, .operators = {}, .inputs = {0}, .outputs = {4}};
  model.tensors = {{"x", Type::int8, {sequence.steps, sequence.batch, sequence.inputs}, x, {}},
                   {"w", Type::int8, {rows, sequence.inputs}, by_row(sequence.weight_scale), bytes(sequence.weight, 1)},
                   {"r", Type::int8, {rows, sequence.units}, by_row(sequence.recurrent_scale), bytes(sequence.recurrent, 1)},
                   {"b", Type::int32, {static_cast<int>(sequence.bias.size())}, {}, bytes(sequence.bias, 4)},
                   {"y", Type::int8, {steps * sequence.batch, sequence.units}, h, {}}};
  Attributes attributes{{"reversed", std::int64_t{sequence.reversed}}, {"last_only", std::int64_t{sequence.last_only}}};
  if (sequence.kind == Sequence::lstm) attributes.set("cell_bits", std::int64_t{sequence.cell_bits});
  if (sequence.kind == Sequence::gru_behind) attributes.set("reset_behind", std::int64_t{1});
  if (!gru && sequence.kind != Sequence::lstm)
    attributes.set("function", std::string{sequence.kind == Sequence::rnn_relu ? "relu" : "tanh"});
  const std::string kind = gru ? "gru_sequence" : sequence.kind == Sequence::lstm ? "lstm_sequence" : "rnn_sequence";
  model.operators = {{.kind = kind, .name = kind, .inputs = {0, 1, 2, 3}, .outputs = {4}, .attributes = attributes}};
  const Network network = lower(model);
  Runner runner{network};
  std::vector<Words> outputs;
  for (int run = 0; run < runs; ++run) {
    const std::vector<std::int8_t> found = runner.run({std::vector<std::int8_t>(sequence.x.begin(), sequence.x.end())});
    outputs.emplace_back(found.begin(), found.end());
  }
  return outputs;
}

}  // namespace reference

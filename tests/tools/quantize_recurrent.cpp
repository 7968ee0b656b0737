// Recurrent layers that have an int8 form: as operators in float they give what the layer gives, and in int8 nearly so; the cell
// of an LSTM gets the power of two that its numbers ask for.
#include "quantized.hpp"

namespace {

using namespace nn;
using namespace tools;

using Gated = Network<float, Input<6, 3>, Gru<5>, Lstm<4>, Gru<4, ResetBefore, LastStep>, Dense<3>>;
using BothWays =
    Network<float, Input<7, 2, 2>, Rnn<4, Relu>, Bidirectional<Gru<3>>, Rnn<5>, Bidirectional<Lstm<3, LastStep>>, Dense<3>>;
using OneFrame = Network<float, Input<5>, Concat<Branch<Lstm<3>, nn::Relu>, Branch<Rnn<2>>>, Dense<2>>;

const importer::Operator& only(const importer::Model& model, const std::string& kind) {
  return *std::ranges::find_if(model.operators, [&](const importer::Operator& operation) { return operation.kind == kind; });
}

// From `drive`, an input of its cell, on: c rises by up to as much as its candidate with every step.
int cell_bits(float drive, std::optional<double> percentile) {
  using Net = Network<float, Input<40, 1>, Lstm<1>>;
  Net::Parameters parameters{};
  nn::get<0>(parameters) = {.weight = {{{0}, {0}, {1}, {0}}}, .recurrent = {}, .bias = {20, 20, 0, 0}};
  importer::Model floats = quantizer::float_model<Net>("made", parameters);
  const std::vector<std::vector<float>> rows{std::vector<float>(40, drive)};
  const importer::Model codes = quantizer::int8_model(floats, quantizer::ranges(floats, rows, percentile));
  return static_cast<int>(*only(codes, "lstm_sequence").attributes.find<std::int64_t>("cell_bits"));
}

// Sums that no input of such a range can have in 32 bits.
void beyond_bounds() {
  using Net = Network<float, Input<2, 40>, Gru<1>>;
  Net::Parameters parameters{};
  for (float& w : nn::get<0>(parameters).weight[0]) w = 1e5f;
  const importer::Model floats = quantizer::float_model<Net>("made", parameters);
  const std::vector<std::vector<float>> rows{std::vector<float>(80, 1000.0f)};
  std::string said;
  try {
    importer::lower(quantizer::int8_model(floats, quantizer::ranges(floats, rows, std::nullopt)));
  } catch (const std::exception& refused) {
    said = refused.what();
  }
  expect(said.find("has a gate with sums that pass all bounds; expected inputs and weights of a smaller range") !=
         std::string::npos);
}

}  // namespace

int main() {
  const Outcome gated = outcome<Gated>("gated", 12);
  expect(gated.codes.tensor(only(gated.codes, "lstm_sequence").inputs[1]).quantization.scale.size() == 16);
  outcome<BothWays>("both ways", 30);  // each Rnn makes more of what those before it round
  outcome<OneFrame>("one frame", 12);
  outcome<Gated>("percentile", 24, 99.9);
  // Of 40 steps, tanh(drive) each.
  expect(cell_bits(0.02f, std::nullopt) == 15);
  expect(cell_bits(0.03f, std::nullopt) == 14);
  expect(cell_bits(-0.25f, std::nullopt) == 11);
  expect(cell_bits(-0.25f, 60.0) == 11);
  expect(cell_bits(9, std::nullopt) == 9);
  beyond_bounds();
  return expectations_failed();
}

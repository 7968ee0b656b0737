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

// Beside layers of other kinds: a BatchNorm that nothing before it takes in, a sum, a mean over time.
using Among =
    Network<float, Input<8, 3>, Gru<4>, BatchNorm<3>, Conv1d<5, 3, Causal>, Relu, Residual<Rnn<5>>,
            Concat<Branch<Lstm<3, LastStep>>, Branch<GlobalAvgPool>, Branch<Bidirectional<Gru<2, LastStep>>>>, Dense<3>>;

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

// Of what a layer gives beside a branch that is so many times larger, in an output that is both.
float error_beside(importer::Model floats, const std::vector<std::vector<float>>& rows, float times) {
  importer::Model codes = quantizer::int8_model(floats, quantizer::ranges(floats, rows, std::nullopt));
  importer::check_graph(codes);
  floats.outputs = {only(floats, "concatenation").inputs[0]};
  const importer::Operator& layer =
      *std::ranges::find_if(codes.operators, [](const auto& operation) { return quantizer::recurs(operation.kind); });
  codes.outputs = {layer.outputs[0]};
  const importer::Network exact = importer::lower(floats), rounded = importer::lower(codes);
  const nn::int8::Affine input = rounded.tensor(rounded.inputs[0]).affine, output = rounded.tensor(rounded.outputs[0]).affine;
  float worst = 0;
  for (const std::vector<float>& row : rows) {
    std::vector<std::int8_t> from;
    for (float value : row) from.push_back(input.code(value));
    const std::vector<float> wanted = quantizer::floats_of(importer::run(exact, {quantizer::bytes_of(row)}));
    const std::vector<std::int8_t> found = importer::run(rounded, {from});
    for (std::size_t i = 0; i < found.size(); ++i) worst = std::max(worst, std::abs(output.real(found[i]) - wanted[i]));
  }
  std::printf("beside a branch %g times larger: %.4f\n", static_cast<double>(times), static_cast<double>(worst));
  return worst;
}

template <class Layer>
float error_beside(float times) {
  using Net = Network<float, Input<9, 2>, Concat<Branch<Layer>, Branch<Flatten, Dense<2>>>>;
  Drawn<Net> drawn;
  auto& parameters = drawn.parameters;
  auto& dense = nn::get<1>(nn::get<1>(nn::get<0>(parameters)));
  for (auto& row : dense.weight)
    for (float& w : row) w *= times;
  std::vector<std::vector<float>> rows;
  for (int i = 0; i < 50; ++i) {
    const auto x = drawn.input();
    rows.emplace_back(x.begin(), x.end());
  }
  return error_beside(quantizer::float_model<Net>("beside", parameters), rows, times);
}

// QUANTIZEs of a Layer of which one half has weights so many times larger.
template <class Layer>
long conversions(float times) {
  using Net = Network<float, Input<9, 1, 2>, Layer>;
  Drawn<Net> drawn;
  auto& parameters = drawn.parameters;
  auto& second = nn::get<1>(nn::get<0>(parameters));
  auto& weight = [&]() -> auto& {
    if constexpr (requires { second.weight; }) return second.weight;
    else return nn::get<0>(second).weight;
  }();
  for (auto& row : weight)
    for (float& w : row) w *= times;
  const importer::Model floats = quantizer::float_model<Net>("halves", parameters);
  std::vector<std::vector<float>> rows(1);
  for (float value : drawn.input()) rows[0].push_back(value);
  const importer::Model codes = quantizer::int8_model(floats, quantizer::ranges(floats, rows, std::nullopt));
  return std::ranges::count_if(codes.operators, [](const auto& operation) { return operation.kind == "quantize"; });
}

// As good as without, however large the other is; so is what recurs in a concatenation within another, and what is read twice.
void joined_with_larger() {
  const auto same = []<class Layer>(Layer) {
    const float alone = error_beside<Layer>(0.1f);
    for (float times : {10.0f, 1000.0f, 1e6f}) expect(error_beside<Layer>(times) <= alone);
  };
  same(Gru<4, LastStep>{});
  same(Gru<3, LastStep, ResetBefore>{});
  same(Lstm<4, LastStep>{});
  same(Rnn<4, LastStep>{});
  same(Bidirectional<Gru<3, LastStep>>{});
  same(Concat<Branch<Rnn<3, LastStep>>, Branch<Gru<2, LastStep>, nn::Relu>>{});

  // Two that are alike have one scale with what is made of both; of unlike ones, only the larger.
  expect(conversions<Bidirectional<Gru<3>>>(1) == 0);
  expect(conversions<Bidirectional<Rnn<3, nn::Relu>>>(100) == 1);
  // What a branch reads is as fine as without the other.
  expect(conversions<Concat<Branch<>, Branch<Conv2d<2, 1, 1>>>>(100) == 1);
  expect(conversions<Concat<Branch<>, Branch<Conv2d<2, 1, 1>>>>(0.1f) == 0);
}

std::string refusal(const importer::Model& codes) {
  try {
    importer::lower(codes);
  } catch (const std::exception& refused) {
    return refused.what();
  }
  return "";
}

// The scale that an output may have at all.
void output_scales() {
  using Net = Network<float, Input<2, 2>, Gru<2, LastStep>>;
  const importer::Model floats = quantizer::float_model<Net>("made", {});
  importer::Model codes = quantizer::int8_model(floats, quantizer::ranges(floats, {{1, 2, 3, 4}}, std::nullopt));
  float& scale = codes.tensors[static_cast<std::size_t>(only(codes, "gru_sequence").outputs[0])].quantization.scale[0];
  const auto said = [&](float of) {
    scale = of;
    return refusal(codes);
  };
  expect(said(4).empty() && said(std::nextafter(0x1p-28f, 1.0f)).empty());
  for (float of : {std::nextafter(4.0f, 5.0f), 0x1p-28f})
    expect(said(of).find("has an output of the scale ") != std::string::npos &&
           said(of).find("; expected one above 2^-28, and 4 at most") != std::string::npos);
}

// Sums that no input of such a range can have in 32 bits.
void beyond_bounds() {
  using Net = Network<float, Input<2, 40>, Gru<1>>;
  Net::Parameters parameters{};
  for (float& w : nn::get<0>(parameters).weight[0]) w = 1e5f;
  const importer::Model floats = quantizer::float_model<Net>("made", parameters);
  const std::vector<std::vector<float>> rows{std::vector<float>(80, 1000.0f)};
  const std::string said = refusal(quantizer::int8_model(floats, quantizer::ranges(floats, rows, std::nullopt)));
  expect(said.find("has a gate with sums that pass all bounds; expected inputs and weights of a smaller range") !=
         std::string::npos);
}

}  // namespace

int main() {
  const Outcome gated = outcome<Gated>("gated", 12);
  expect(gated.codes.tensor(only(gated.codes, "lstm_sequence").inputs[1]).quantization.scale.size() == 16);
  outcome<BothWays>("both ways", 30);  // each Rnn makes more of what those before it round
  outcome<OneFrame>("one frame", 12);
  outcome<Among>("among others", 12);
  outcome<Gated>("percentile", 24, 99.9);
  // Of 40 steps, tanh(drive) each.
  expect(cell_bits(0.02f, std::nullopt) == 15);
  expect(cell_bits(0.03f, std::nullopt) == 14);
  expect(cell_bits(-0.25f, std::nullopt) == 11);
  expect(cell_bits(-0.25f, 60.0) == 11);
  expect(cell_bits(9, std::nullopt) == 9);
  beyond_bounds();
  output_scales();
  joined_with_larger();
  return expectations_failed();
}

// Every layer that has an int8 form: as an operator in float it gives what the layer gives, and in int8 nearly so.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "quantized.hpp"
#include "tools/data/failure.hpp"

namespace {

using namespace nn;
using namespace tools;
using quantizer::Interval;

bool has(const importer::Model& model, const std::string& kind) {
  return std::ranges::any_of(model.operators, [&](const importer::Operator& operation) { return operation.kind == kind; });
}

std::string activation(const importer::Model& model) {
  const auto* fused = model.operators[0].attributes.find<std::string>("activation");
  return fused == nullptr ? "none" : *fused;
}

using Perceptron = Network<float, Input<10>, Dense<8>, Relu, Dense<4>, Sigmoid>;
using Convolved = Network<float, Input<9, 8, 2>, Conv2d<4, 3, 3, Same, Stride<2>>, BatchNorm<3>, Relu, Dropout<20>,
                          MaxPool2d<2, 2>, Flatten, Dense<5>, Softmax>;
using Depthwise = Network<float, Input<8, 9, 3>, DepthwiseConv2d<2, 2, 3, Dilation<2>>, BatchNorm<3>, LeakyRelu<3>,
                          AvgPool2d<3, 3, Stride<2>, Same>, Tanh, Dense<4>>;
using OverTime = Network<float, Input<20, 3>, Conv1d<5, 4, Stride<2>, Same>, Relu6, Conv1d<5, 3, Causal, Dilation<2>>,
                         GlobalAvgPool, Dense<4>>;
using Residuals = Network<
    float, Input<6, 6, 2>, Pad<1, 0, 2, 1>, Conv2d<4, 3, 3>, Residual<Conv2d<4, 3, 3, Same>, BatchNorm<3>, Relu, Conv2d<4, 1, 1>>,
    Relu, Residual<Projection<Conv2d<6, 1, 1, Stride<2>>>, DepthwiseConv2d<1, 3, 3, ZeroPadding<1>, Stride<2>>, Conv2d<6, 1, 1>>,
    Dense<3>>;
using Joined = Network<float, Input<6, 5, 2>,
                       Concat<Branch<Conv2d<3, 3, 3, Same>, BatchNorm<3>, Relu>, Branch<Conv2d<2, 1, 1>, Sigmoid>, Branch<>>,
                       MaxPool2d<2, 2>, Reshape<2, 3, 7>, Conv2d<3, 2, 2>, Dense<4>>;
using Late = Network<float, Input<8, 8, 1>, Conv2d<4, 3, 3>, MaxPool2d<2, 2>, Relu, Flatten, Dense<4>>;
using Early = Network<float, Input<6, 6, 2>, Conv2d<3, 3, 3>, Residual<Relu, Conv2d<3, 3, 3, Same>>, Dense<4>>;

// One of the caller's own, y = x² held below 4.
struct Square : Elementwise<Square> {
  static constexpr std::string_view name = "Square";
  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return std::min(x * x, 4.0f);
  }
  template <class A>
  static constexpr auto slope_at(typename A::Input x) {
    return x * x < 4 ? 2 * x : 0;
  }
};
using Curved = Network<float, Input<6, 6, 2>, Conv2d<4, 3, 3>, Elu, Conv2d<4, 3, 3>, HardSwish, Flatten, Dense<8>, Gelu, Dense<8>,
                       Silu, Dense<6>, Softplus, Dense<6>, Square, Dense<4>, HardSigmoid>;

// Numbers from -100 to 400, of which one in a hundred is beyond ±1.
void percentiles() {
  importer::Model model = quantizer::float_model<Network<float, Input<100>, Relu>>("made", {});
  std::vector<std::vector<float>> rows(10, std::vector<float>(100));
  for (std::vector<float>& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i == 0 ? 400.0f : i == 1 ? -100.0f : static_cast<float>(i) / 100 - 0.5f;
  const auto all = quantizer::ranges(model, rows, std::nullopt);
  expect(all[0].low == -100 && all[0].high == 400 && all[1].low == 0 && all[1].high == 400);
  const auto most = quantizer::ranges(model, rows, 99.0);
  expect(most[0].low > -1 && most[0].low < 0 && most[0].high < 1 && most[0].high > 0.4f);
  expect(most[1].low == 0 && most[1].high < 1 && most[1].high > 0.4f);
  const auto fewer = quantizer::ranges(model, rows, 99.5);
  expect(fewer[0].low == -100 && fewer[0].high == 400);
}

// A function of one number written once more, in double and by the standard library: each of 256 codes is the nearest, as far as
// float can tell.
template <class Function>
void table_of(float low, float high, auto function) {
  importer::Model floats = quantizer::float_model<Network<float, Input<256>, Function>>("made", {});
  std::vector<float> row(256);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = low + (high - low) * static_cast<float>(i) / 255;
  const importer::Network exact = importer::lower(floats);
  const std::vector<float> same = quantizer::floats_of(importer::run(exact, {quantizer::bytes_of(row)}));
  const importer::Network network =
      importer::lower(quantizer::int8_model(floats, quantizer::ranges(floats, {row}, std::nullopt)));
  expect(network.operators.size() == 1 && network.operators[0].operation.as<int8::Lookup>() != nullptr);
  const int8::Affine from = network.tensors[0].affine, to = network.tensors[1].affine;
  std::vector<std::int8_t> codes;
  for (int code = -128; code < 128; ++code) codes.push_back(static_cast<std::int8_t>(code));
  const std::vector<std::int8_t> y = importer::run(network, {codes});
  double worst = 0, wrong = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const double wanted =
        function(static_cast<double>(from.scale) * (codes[i] - from.zero)) / static_cast<double>(to.scale) + to.zero;
    worst = std::max(worst, std::abs(std::clamp(wanted, -128.0, 127.0) - y[i]));
    wrong = std::max(wrong, std::abs(function(static_cast<double>(row[i])) - static_cast<double>(same[i])));
  }
  std::printf("%-12s float differs by %.7f, codes from the exact number by %.5f\n", std::string{Function::name}.c_str(), wrong,
              worst);
  expect(wrong < 4e-6 && worst < 0.5001);
}

void functions() {
  const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
  const auto hard = [](double x) { return std::clamp(x / 6 + 0.5, 0.0, 1.0); };
  table_of<Elu>(-6, 5, [](double x) { return x > 0 ? x : std::expm1(x); });
  table_of<Silu>(-8, 6, [&](double x) { return x * logistic(x); });
  table_of<Gelu>(-5, 4,
                 [](double x) { return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (x + 0.044715 * x * x * x))); });
  table_of<HardSigmoid>(-4, 5, hard);
  table_of<HardSwish>(-5, 4, [&](double x) { return x * hard(x); });
  table_of<Softplus>(-9, 7, [](double x) { return std::log1p(std::exp(x)); });
}

// A channel without weights, and two whose biases are far beyond them, of which one is far beyond the output, too.
void strange_weights() {
  using Net = Network<float, Input<2>, Dense<4>, Relu>;
  const Net::Parameters parameters{{{.weight = {{{1, -1}, {0, 0}, {0x1p-40f, 0}, {0x1p-40f, 0}}}, .bias = {0, 0, 100, -1e6f}}},
                                   {}};
  const importer::Model floats = quantizer::float_model<Net>("made", parameters);
  const std::vector<std::vector<float>> rows{{1, 0}, {0, 1}};
  const importer::Network network = importer::lower(quantizer::int8_model(floats, quantizer::ranges(floats, rows, std::nullopt)));
  const int8::Affine code = network.tensors[1].affine;
  const std::vector<std::int8_t> y = importer::run(network, {{127, -128}});
  expect(y[0] == code.code(1) && y[1] == code.code(0) && y[2] == code.code(100) && y[3] == code.code(0));
}

// The first operator that passes all floats is named, and an input that does.
void not_finite() {
  using Net = Network<float, Input<2>, Dense<2>, Relu, Dense<1>>;
  const Net::Parameters parameters{{{.weight = {{{1, 1}, {1, 1}}}, .bias = {}}}, {}, {{.weight = {{{3e38f, 0}}}, .bias = {}}}};
  const auto said = [model = quantizer::float_model<Net>("made", parameters)](float x) -> std::string {
    try {
      quantizer::ranges(model, {{1, 0}, {x, 0}}, std::nullopt);
    } catch (const Failure& refused) {
      return refused.what();
    }
    return "";
  };
  expect(said(0).empty());
  expect(said(2) ==
         "made: operator 1 FULLY_CONNECTED computes a number that is not finite in the calibration data; expected finite ones");
  expect(said(std::numeric_limits<float>::infinity()) ==
         "made: the input has a number that is not finite in the calibration data; expected finite ones");
}

}  // namespace

int main() {
  const Outcome perceptron = outcome<Perceptron>("perceptron", 6);
  expect(!has(perceptron.codes, "relu") && activation(perceptron.codes) == "relu");
  expect(perceptron.codes.tensors.back().quantization.scale[0] == 1.0f / 256);
  outcome<Convolved>("convolved", 6);
  outcome<Depthwise>("depthwise", 6);
  outcome<OverTime>("sequence", 6);
  const Outcome residuals = outcome<Residuals>("residuals", 12);
  expect(!has(residuals.codes, "relu"));
  const Outcome joined = outcome<Joined>("joined", 6);
  expect(has(joined.codes, "quantize"));
  // Relu goes through MaxPool2d into Conv2d, but not into what a shortcut reads, too.
  const Outcome late = outcome<Late>("late", 6);
  expect(activation(late.codes) == "relu" && !has(late.codes, "relu"));
  expect(has(outcome<Early>("early", 6).codes, "relu"));
  outcome<Late>("percentile", 12, 99.9);
  expect(outcome<Curved>("curved", 24).codes.operators.size() == 15);
  functions();
  percentiles();
  strange_weights();
  not_finite();
  return expectations_failed();
}

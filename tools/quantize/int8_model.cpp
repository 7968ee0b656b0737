#include "tools/quantize/int8_model.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>

#include "tools/quantize/floats.hpp"
#include "tools/quantize/lstm_cells.hpp"

namespace tools::quantizer {

namespace {

using importer::Quantization;
using importer::Type;

std::uint8_t byte(std::int64_t code) { return static_cast<std::uint8_t>(static_cast<std::int8_t>(code)); }

Quantization of_range(Interval range) {
  const double width = static_cast<double>(range.high) - static_cast<double>(range.low);
  const float scale = width > 0 ? static_cast<float>(width / 255) : 1.0f / 255;
  const double zero = -128 - std::round(static_cast<double>(range.low) / static_cast<double>(scale));
  return {.scale = {scale}, .zero_point = {static_cast<std::int64_t>(std::clamp(zero, -128.0, 127.0))}};
}

// Of an output whose scale does not depend on its numbers.
std::optional<Quantization> fixed(const std::string& kind) {
  if (kind == "softmax" || kind == "logistic") return Quantization{.scale = {1.0f / 256}, .zero_point = {-128}};
  if (kind == "tanh") return Quantization{.scale = {1.0f / 128}, .zero_point = {0}};
  return std::nullopt;
}

bool keeps_quantization(const std::string& kind) {
  return kind == "max_pool_2d" || kind == "average_pool_2d" || kind == "reshape" || kind == "pad";
}

class Quantizer {
 public:
  Quantizer(const importer::Model& floats, const std::vector<Interval>& ranges)
      : model{floats},
        group(ranges.size()),
        range{ranges},
        needed(ranges.size(), std::numeric_limits<float>::infinity()),
        given(ranges.size()) {
    std::iota(group.begin(), group.end(), std::size_t{0});
    std::vector<int> readers(ranges.size());
    for (const importer::Operator& operation : model.operators)
      for (int input : operation.inputs)
        if (operation.kind != lstm_cells.name && ++readers[static_cast<std::size_t>(input)] == 2)
          need(static_cast<std::size_t>(input));
  }

  importer::Model result() {
    for (const importer::Operator& operation : model.operators) join(operation);
    for (int input : model.inputs) {
      make_int8(input);
      tensor(input).name = "input";
    }
    std::vector<importer::Operator> operators;
    operators.swap(model.operators);
    for (importer::Operator& operation : operators) {
      if (operation.kind == lstm_cells.name) {
        cells = range[group_of(operation.outputs[0])];
        continue;
      }
      make_int8(operation.outputs[0]);
      if (recurs(operation.kind)) quantize_gates(operation);
      if (has_weights(operation.kind)) quantize_weights(operation);
      if (operation.kind == "concatenation")
        for (int& input : operation.inputs) input = with_quantization_of(operation.outputs[0], input);
      tensor(operation.outputs[0]).name = name_of(operation.kind);
      model.operators.push_back(std::move(operation));
    }
    return std::move(model);
  }

 private:
  importer::Tensor& tensor(int index) { return model.tensors[static_cast<std::size_t>(index)]; }

  // So that codes are no finer than 2^-20.
  static void widen(Interval& range) { range.high = std::max(range.high, range.low + 255 * 0x1p-20f); }

  // Tensors of one group have one scale and zero point.
  std::size_t group_of(int index) const {
    std::size_t found = static_cast<std::size_t>(index);
    while (group[found] != found) found = group[found];
    return found;
  }
  void join(const importer::Operator& operation) {
    const int output = operation.outputs[0];
    given[group_of(output)] = fixed(operation.kind);
    if (recurs(operation.kind)) {
      widen(range[group_of(output)]);
      need(group_of(output));
    }
    if (keeps_quantization(operation.kind)) unite(operation.inputs[0], output);
    if (operation.kind == "concatenation") {
      const auto is_needed = [this](int input) { return std::isfinite(needed[group_of(input)]); };
      for (int input : operation.inputs)
        if (!given[group_of(input)] && !is_needed(input)) unite(input, output);
      for (int input : operation.inputs)
        if (!given[group_of(input)] && is_needed(input) && loses_one_bit_at_most(input, output)) unite(input, output);
    }
  }

  static float width(Interval of) { return of.high - of.low; }
  static Interval hull(Interval one, Interval other) { return {std::min(one.low, other.low), std::max(one.high, other.high)}; }

  // More is computed of these codes than what is concatenated: a recurrent layer reads its own, or another operator reads them.
  void need(std::size_t of) {
    if (width(range[of]) > 0) needed[of] = width(range[of]);
  }
  bool loses_one_bit_at_most(int one, int other) const {
    const std::size_t a = group_of(one), b = group_of(other);
    return width(hull(range[a], range[b])) <= 2 * std::min(needed[a], needed[b]);
  }
  void unite(int kept, int other) {
    const std::size_t to = group_of(kept);
    const std::size_t from = group_of(other);
    if (to == from) return;
    group[from] = to;
    range[to] = hull(range[to], range[from]);
    needed[to] = std::min(needed[to], needed[from]);
  }

  // Of what the next operator computes, in tables and for --until.
  std::string name_of(const std::string& kind) const { return kind + "_" + std::to_string(model.operators.size()); }

  void make_int8(int index) {
    const std::size_t of = group_of(index);
    tensor(index).type = Type::int8;
    tensor(index).quantization = given[of] ? *given[of] : of_range(range[of]);
  }

  // The input itself, or what a QUANTIZE makes of it.
  int with_quantization_of(int output, int input) {
    const Quantization& wanted = tensor(output).quantization;
    const Quantization& found = tensor(input).quantization;
    if (wanted.scale == found.scale && wanted.zero_point == found.zero_point) return input;
    importer::Tensor converted = tensor(input);
    converted.quantization = wanted;
    converted.name = name_of("quantize");
    model.tensors.push_back(std::move(converted));
    const int result = static_cast<int>(model.tensors.size()) - 1;
    model.operators.push_back({.kind = "quantize", .name = "QUANTIZE", .inputs = {input}, .outputs = {result}});
    return result;
  }

  double scale_of(int index) { return static_cast<double>(tensor(index).quantization.scale[0]); }

  void quantize_weights(const importer::Operator& operation) {
    importer::Tensor& weight = tensor(operation.inputs[1]);
    importer::Tensor& bias = tensor(operation.inputs[2]);
    const double input_scale = scale_of(operation.inputs[0]);
    const std::vector<float> biases = floats_of(bias.data);
    const std::size_t outputs = biases.size();
    const bool in_columns = operation.kind == "depthwise_conv_2d";
    const std::size_t row = weight.data.size() / sizeof(float) / outputs;

    // Weights that are all far below the output's scale, and biases of more than 28 bits, ask for a larger scale.
    std::vector<double> scale(outputs, scale_of(operation.outputs[0]) / input_scale * 0x1p-20);
    for (std::size_t o = 0; o < outputs; ++o) scale[o] = std::max(scale[o], scale_for_bias(biases[o], input_scale));
    const std::vector<float> found =
        code_weights(weight, scale, [&](std::size_t i) { return in_columns ? i % outputs : i / row; });
    weight.quantization = {.scale = found, .zero_point = std::vector<std::int64_t>(outputs, 0), .dimension = in_columns ? 3 : 0};
    code_biases(bias, [&](std::size_t o) { return input_scale * static_cast<double>(found[o]); });
  }

  // Gate by gate, those of the input and of the last output. The biases of the second follow those of the first.
  void quantize_gates(importer::Operator& operation) {
    const importer::Shape& recurrent = tensor(operation.inputs[2]).shape;
    const auto rows = static_cast<std::size_t>(recurrent[0]), units = static_cast<std::size_t>(recurrent[1]);
    const double from[]{scale_of(operation.inputs[0]), scale_of(operation.outputs[0])};
    importer::Tensor& bias = tensor(operation.inputs[3]);
    const std::vector<float> biases = floats_of(bias.data);
    const auto* function = operation.attributes.find<std::string>("function");
    const double unit = function != nullptr && *function == "relu" ? from[1] / 128 : 1.0 / 4096;  // of sums
    std::vector<float> found[2];                                                                  // of each gate
    for (const int side : {0, 1}) {
      std::vector<double> scale(rows / units, unit / from[side] * 0x1p-20);
      for (std::size_t o = 0; o < biases.size(); ++o)
        if ((o < rows ? 0 : 1) == side) {
          double& own = scale[o < rows ? o / units : rows / units - 1];
          own = std::max(own, scale_for_bias(biases[o], from[side]));
        }
      importer::Tensor& weight = tensor(operation.inputs[side == 0 ? 1 : 2]);
      const std::size_t gate = weight.data.size() / sizeof(float) / scale.size();
      found[side] = code_weights(weight, scale, [&](std::size_t i) { return i / gate; });
      weight.quantization = {.scale = {}, .zero_point = std::vector<std::int64_t>(rows, 0)};
      for (float each : found[side]) weight.quantization.scale.insert(weight.quantization.scale.end(), units, each);
    }
    code_biases(bias, [&](std::size_t o) {
      return o < rows ? from[0] * static_cast<double>(found[0][o / units]) : from[1] * static_cast<double>(found[1].back());
    });
    if (operation.kind == "lstm_sequence") operation.attributes.set("cell_bits", std::int64_t{cell_bits(cells)});
  }

  static int cell_bits(const Interval& range) {
    int bits = 15;
    while (bits > 5 && std::ldexp(1.0f, 15 - bits) < std::max(-range.low, range.high)) --bits;
    return bits;
  }

  static double scale_for_bias(float bias, double input_scale) {
    return std::abs(static_cast<double>(bias)) / (input_scale * (1 << 28));
  }

  // The largest weight of each owner is 127, unless the scale would be less than this one. Gives the scales.
  static std::vector<float> code_weights(importer::Tensor& weight, std::vector<double> scale, auto owner) {
    const std::vector<float> weights = floats_of(weight.data);
    for (std::size_t i = 0; i < weights.size(); ++i)
      scale[owner(i)] = std::max(scale[owner(i)], std::abs(static_cast<double>(weights[i])) / 127);
    const std::vector<float> found(scale.begin(), scale.end());
    weight.type = Type::int8;
    weight.data.clear();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double code = std::round(static_cast<double>(weights[i]) / static_cast<double>(found[owner(i)]));
      weight.data.push_back(byte(static_cast<std::int64_t>(std::clamp(code, -127.0, 127.0))));
    }
    return found;
  }

  static void code_biases(importer::Tensor& bias, auto scale) {
    const std::vector<float> biases = floats_of(bias.data);
    std::vector<std::int32_t> codes;
    for (std::size_t o = 0; o < biases.size(); ++o)
      codes.push_back(static_cast<std::int32_t>(std::lround(static_cast<double>(biases[o]) / scale(o))));
    bias.type = Type::int32;
    bias.data.resize(codes.size() * sizeof(std::int32_t));
    std::memcpy(bias.data.data(), codes.data(), bias.data.size());
  }

  importer::Model model;
  std::vector<std::size_t> group;
  std::vector<Interval> range;                     // of each group, at its representative
  std::vector<float> needed;                       // likewise: the least width of a tensor that is needed for itself; or infinite
  std::vector<std::optional<Quantization>> given;  // likewise
  Interval cells{};                                // of the LSTM_SEQUENCE that comes next
};

}  // namespace

importer::Model int8_model(const importer::Model& floats, const std::vector<Interval>& ranges) {
  return Quantizer{floats, ranges}.result();
}

}  // namespace tools::quantizer

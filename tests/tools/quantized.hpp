// A network as operators in float and in int8: how far either is from the network itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "tools/import/check.hpp"
#include "tools/import/run.hpp"
#include "tools/quantize/floats.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/layers.hpp"

// With biases, and with statistics of its BatchNorms, as if it had learnt.
template <class Net>
struct Drawn {
  typename Net::Parameters parameters{};
  nn::Random random{6};

  Drawn() {
    nn::Random draw{5};
    nn::initialize<Net>(parameters, nn::He{}, draw);
    move(parameters);
  }
  typename Net::Input input() {
    typename Net::Input x{};
    for (float& value : x) value = 3 * random.uniform() - 1;
    return x;
  }

 private:
  void move(auto&& p) {
    using Parameters = std::remove_reference_t<decltype(p)>;
    if constexpr (requires { Parameters::count; })
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (move(nn::get<I>(p)), ...);
      }(std::make_index_sequence<Parameters::count>{});
    if constexpr (requires { p.bias; }) move_each(p.bias, 0.2f);
    if constexpr (requires { p.recurrent_bias; }) move_each(p.recurrent_bias, 0.2f);
    if constexpr (requires { p.variance; }) {
      move_each(p.gamma, 0.5f);
      move_each(p.beta, 0.5f);
      move_each(p.mean, 1);
      move_each(p.variance, 1);
    }
  }
  void move_each(std::span<float> row, float far) {
    for (float& value : row) value += far * (random.uniform() - 0.5f);
  }
};

struct Outcome {
  tools::importer::Model floats, codes;
  float worst = 0;  // difference of an output, in steps of its scale
};

// Rows of inputs, and what the network makes of each.
struct Rows {
  std::vector<std::vector<float>> inputs, outputs;
};

inline Outcome outcome(const char* name, tools::importer::Model floats, const Rows& rows, float most_steps,
                       std::optional<double> percentile) {
  using namespace tools;
  Outcome made{.floats = std::move(floats), .codes = {}};
  importer::check_graph(made.floats);
  made.codes = quantizer::int8_model(made.floats, quantizer::ranges(made.floats, rows.inputs, percentile));
  importer::check_graph(made.codes);
  const importer::Network exact = importer::lower(made.floats);
  const importer::Network rounded = importer::lower(made.codes);
  const nn::int8::Affine input_code = rounded.tensors[static_cast<std::size_t>(rounded.inputs[0])].affine;
  const nn::int8::Affine output_code = rounded.tensors[static_cast<std::size_t>(rounded.outputs[0])].affine;

  float wrong = 0;
  for (std::size_t k = 0; k < rows.inputs.size(); ++k) {
    const std::vector<float>& y = rows.outputs[k];
    const std::vector<float> same = quantizer::floats_of(importer::run(exact, {quantizer::bytes_of(rows.inputs[k])}));
    std::vector<std::int8_t> codes;
    for (float value : rows.inputs[k]) codes.push_back(input_code.code(value));
    const std::vector<std::int8_t> answer = importer::run(rounded, {codes});
    expect(same.size() == y.size() && answer.size() == y.size());
    for (std::size_t o = 0; o < y.size(); ++o) {
      wrong = std::max(wrong, std::abs(same[o] - y[o]) / (1 + std::abs(y[o])));
      made.worst = std::max(made.worst, std::abs(output_code.real(answer[o]) - y[o]) / output_code.scale);
    }
  }
  std::printf("%-12s %2zu operators, float differs by %.7f, int8 by %.2f steps\n", name, made.codes.operators.size(),
              static_cast<double>(wrong), static_cast<double>(made.worst));
  expect(wrong < 1e-5f);
  expect(made.worst < most_steps);
  return made;
}

template <class Net>
Outcome outcome(const char* name, float most_steps, std::optional<double> percentile = std::nullopt) {
  Drawn<Net> drawn;
  Rows rows;
  for (int i = 0; i < 200; ++i) {
    const auto x = drawn.input();
    const auto y = Net::forward(drawn.parameters, x);
    rows.inputs.emplace_back(x.begin(), x.end());
    rows.outputs.emplace_back(y.begin(), y.end());
  }
  return outcome(name, tools::quantizer::float_model<Net>(name, nn::fold<Net>(drawn.parameters)), rows, most_steps, percentile);
}

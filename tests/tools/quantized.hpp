// A network that has learnt a little, as operators in float and in int8: how far either is from the network itself.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "expect.hpp"
#include "tools/import/check.hpp"
#include "tools/import/run.hpp"
#include "tools/quantize/floats.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/layers.hpp"

// So that its BatchNorms have statistics.
template <class Net>
struct Learnt {
  nn::Trainer<Net, nn::MeanSquaredError> trainer{nn::Sgd{.rate = 0.001f}, 5};
  nn::Random random{6};

  Learnt() {
    for (int step = 0; step < 50; ++step) trainer.step(input(), typename Net::Output{});
  }
  typename Net::Input input() {
    typename Net::Input x{};
    for (float& value : x) value = 3 * random.uniform() - 1;
    return x;
  }
};

struct Outcome {
  tools::importer::Model floats, codes;
  float worst = 0;  // difference of an output, in steps of its scale
};

template <class Net>
Outcome outcome(const char* name, float most_steps, std::optional<double> percentile = std::nullopt) {
  using namespace tools;
  Learnt<Net> learnt;
  Outcome made;
  made.floats = quantizer::float_model<Net>(name, nn::fold<Net>(learnt.trainer.parameters));
  importer::check_graph(made.floats);
  std::vector<std::vector<float>> rows;
  for (int i = 0; i < 200; ++i) {
    const auto x = learnt.input();
    rows.emplace_back(x.begin(), x.end());
  }
  made.codes = quantizer::int8_model(made.floats, quantizer::ranges(made.floats, rows, percentile));
  importer::check_graph(made.codes);
  const importer::Network exact = importer::lower(made.floats);
  const importer::Network rounded = importer::lower(made.codes);
  const nn::int8::Affine input_code = rounded.tensors[static_cast<std::size_t>(rounded.inputs[0])].affine;
  const nn::int8::Affine output_code = rounded.tensors[static_cast<std::size_t>(rounded.outputs[0])].affine;

  float wrong = 0;
  for (const std::vector<float>& row : rows) {
    typename Net::Input x{};
    std::copy(row.begin(), row.end(), x.begin());
    const typename Net::Output y = Net::forward(learnt.trainer.parameters, x);
    const std::vector<float> same = quantizer::floats_of(importer::run(exact, {quantizer::bytes_of(row)}));
    std::vector<std::int8_t> codes;
    for (float value : row) codes.push_back(input_code.code(value));
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

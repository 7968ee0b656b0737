#include "tools/model/comparison.hpp"

#include <cmath>
#include <cstdio>

#include "tools/data/classes.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/source.hpp"

namespace tools {
namespace {

void add_errors(Scores& scores, const Dataset& data, std::size_t k, const Normalization& targets, std::span<const float> x,
                std::span<const float> y) {
  scores.errors.resize(y.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double wanted = static_cast<double>(data.targets > 0 ? data.target(k)[i] : x[i]);
    const double value = targets.undone(static_cast<double>(y[i]), i);
    scores.errors[i].squares += (value - wanted) * (value - wanted);
    scores.errors[i].sizes += std::abs(value - wanted);
  }
}

}  // namespace

Comparison::Comparison(std::size_t in, std::size_t out) : inputs{in}, outputs{out}, classes{out == 1 ? 2 : out} {
  for (Scores* scores : {&before, &after}) {
    scores->classes = classes;
    scores->confusion.resize(classes * classes);
  }
}

void Comparison::require_fit(Dataset& data, const Columns& columns, const Meaning& meaning) const {
  require_features(data, inputs);
  const bool numbers = columns.target_is_input || data.targets > 0;
  if (numbers != meaning.numbers)
    throw failure(data.name,
                  numbers ? "is asked for numbers, and the network learnt classes"
                          : "is asked for classes, and the network learnt numbers",
                  numbers ? "no --target" : "--target as in training");
  if (!numbers) match_classes(data, meaning.classes, classes);
  const std::size_t asked = columns.target_is_input ? inputs : data.targets;
  if (numbers && asked != outputs)
    throw Failure{"--target asks for " + std::to_string(asked) + " numbers; expected " + std::to_string(outputs) +
                  ", the outputs of the network"};
}

void Comparison::add(const Dataset& data, std::size_t k, const Meaning& meaning, std::span<const float> x, const Answer& exact,
                     const Answer& found) {
  ++before.samples;
  ++after.samples;
  if (!meaning.numbers) {
    ++before.confusion[data.labels[k] * classes + exact.decided];
    ++after.confusion[data.labels[k] * classes + found.decided];
    differ += exact.decided != found.decided;
    return;
  }
  add_errors(before, data, k, meaning.targets, x, exact.numbers);
  add_errors(after, data, k, meaning.targets, x, found.numbers);
}

void Comparison::finish() {
  for (Scores* scores : {&before, &after}) {
    if (scores->errors.empty()) continue;
    scores->classes = 0;
    for (Scores::Errors& output : scores->errors) {
      output.squares /= static_cast<double>(scores->samples);
      output.sizes /= static_cast<double>(scores->samples);
    }
  }
}

std::string Comparison::summary(const std::string& samples, const std::string& from, const std::string& to) const {
  char line[200];
  if (before.classes > 0)
    std::snprintf(line, sizeof line, "accuracy on %zu %s samples: %.2f %% in %s, %.2f %% in %s; %zu decisions differ",
                  before.samples, samples.c_str(), 100 * before.accuracy(), from.c_str(), 100 * after.accuracy(), to.c_str(),
                  differ);
  else
    std::snprintf(line, sizeof line, "RMSE on %zu %s samples: %.6g in %s, %.6g in %s", before.samples, samples.c_str(),
                  before.rmse(), from.c_str(), after.rmse(), to.c_str());
  return line;
}

}  // namespace tools

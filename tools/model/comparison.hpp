// Comparison: a network in float and what became of it in another arithmetic, on the same samples.
#pragma once

#include <cmath>
#include <cstdio>
#include <span>
#include <string>

#include "nn/nn.hpp"
#include "tools/data/classes.hpp"
#include "tools/data/source.hpp"
#include "tools/model/meaning.hpp"
#include "tools/report/doubts.hpp"

namespace tools {

template <std::size_t Inputs, std::size_t Outputs>
class Comparison {
 public:
  static constexpr std::size_t classes = nn::Evaluation<Outputs>::classes;

  Comparison() {
    for (Scores* scores : {&before, &after}) {
      scores->classes = classes;
      scores->confusion.resize(classes * classes);
    }
  }

  // Test data as the network of an image understands them. Throws Failure if they do not fit.
  static void require_fit(Dataset& data, const Columns& columns, const Meaning<Outputs>& meaning) {
    require_features(data, Inputs);
    const bool numbers = columns.target_is_input || data.targets > 0;
    if (numbers != meaning.numbers)
      throw failure(data.name,
                    numbers ? "is asked for numbers, and the network learnt classes"
                            : "is asked for classes, and the network learnt numbers",
                    numbers ? "no --target" : "--target as in training");
    if (!numbers) match_classes(data, meaning.classes, classes);
    const std::size_t asked = columns.target_is_input ? Inputs : data.targets;
    if (numbers && asked != Outputs)
      throw Failure{"--target asks for " + std::to_string(asked) + " numbers; expected " + std::to_string(Outputs) +
                    ", the outputs of the network"};
  }

  // `exact` and `found` are the outputs for sample k, whose normalized input is x; a single output from its threshold on is
  // class 1.
  void add(const Dataset& data, std::size_t k, const Meaning<Outputs>& meaning, std::span<const float, Inputs> x,
           std::span<const float, Outputs> exact, float exact_threshold, std::span<const float, Outputs> found,
           float found_threshold) {
    ++before.samples;
    ++after.samples;
    if (!meaning.numbers) {
      const std::size_t expected = nn::decision(exact, exact_threshold), decided = nn::decision(found, found_threshold);
      ++before.confusion[data.labels[k] * classes + expected];
      ++after.confusion[data.labels[k] * classes + decided];
      differ += expected != decided;
      return;
    }
    add_errors(before, data, k, meaning, x, exact);
    add_errors(after, data, k, meaning, x, found);
  }

  void finish() {
    for (Scores* scores : {&before, &after}) {
      if (scores->errors.empty()) continue;
      scores->classes = 0;
      for (Scores::Errors& output : scores->errors) {
        output.squares /= static_cast<double>(scores->samples);
        output.sizes /= static_cast<double>(scores->samples);
      }
    }
  }

  // "accuracy on 1000 test samples: 97.00 % in float, 96.90 % in int8; 3 decisions differ"
  std::string summary(const std::string& samples, const std::string& from, const std::string& to) const {
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

  Scores before, after;

 private:
  void add_errors(Scores& scores, const Dataset& data, std::size_t k, const Meaning<Outputs>& meaning,
                  std::span<const float, Inputs> x, std::span<const float, Outputs> y) {
    scores.errors.resize(Outputs);
    for (std::size_t i = 0; i < Outputs; ++i) {
      const std::size_t at = meaning.targets.count == 1 ? 0 : i;
      const double wanted = static_cast<double>(data.targets > 0 ? data.target(k)[i] : x[i]);
      const double value = meaning.targets.count == 0
                               ? static_cast<double>(y[i])
                               : static_cast<double>(y[i]) / static_cast<double>(meaning.targets.scale[at]) +
                                     static_cast<double>(meaning.targets.mean[at]);
      scores.errors[i].squares += (value - wanted) * (value - wanted);
      scores.errors[i].sizes += std::abs(value - wanted);
    }
  }

  std::size_t differ = 0;
};

}  // namespace tools

// History: loss and accuracy on training and test data in the course of a training, as CSV and as a plot.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tools {

struct Figures {
  double loss;
  double accuracy;
};

struct Moment {
  std::size_t iteration;
  double epoch;
  double rate;
  Figures training;
  std::optional<Figures> test;
};

using History = std::vector<Moment>;

// `unseen` says what the test figures were taken on: "test" or "validation".
std::string as_csv(const History& history, const std::string& unseen);

// An SVG of two panels: loss above, accuracy below.
std::string as_svg(const History& history, const std::string& title, const std::string& unseen);

}  // namespace tools

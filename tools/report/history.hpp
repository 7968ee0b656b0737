// History: loss and accuracy, or RMSE, on training and test data in the course of a training, as CSV and as a plot.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tools {

struct Figures {
  double loss;
  double figure;  // an accuracy from 0 to 1, or an RMSE
};

struct Moment {
  std::size_t iteration;
  double epoch;
  double rate;
  Figures training;
  std::optional<Figures> test;
};

using History = std::vector<Moment>;

// What the curves are of. `unseen` says what the test figures were taken on: "test" or "validation".
struct Subject {
  std::string title, unseen;
  bool classes;
};

std::string as_csv(const History& history, const Subject& subject);

// An SVG of two panels: loss above, accuracy or RMSE below.
std::string as_svg(const History& history, const Subject& subject);

}  // namespace tools

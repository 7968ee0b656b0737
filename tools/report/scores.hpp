// Scores: how a network does on some samples: loss, and either the confusion of its classes or the errors of its numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tools {

struct Scores {
  std::size_t samples = 0;
  double loss = 0;

  std::size_t classes = 0;               // 0: numbers
  std::vector<std::uint32_t> confusion;  // [actual][predicted]

  struct Errors {
    double squares = 0, sizes = 0;  // means of (y - t)² and |y - t|
    double rmse() const;
  };
  std::vector<Errors> errors;  // of each output

  std::uint32_t count(std::size_t actual, std::size_t predicted) const { return confusion[actual * classes + predicted]; }
  std::size_t actual(std::size_t of_class) const;
  std::size_t predicted(std::size_t of_class) const;
  std::size_t right() const;
  double accuracy() const;
  std::size_t occurring() const;  // classes of which there are samples
  double mean_recall() const;     // of those: 1 / classes by chance
  double largest_share() const;   // of the class with most samples: what naming it always would give
  double rmse() const;            // over all outputs
  double mae() const;
  // What a curve shows beside the loss: accuracy, or the RMSE.
  double figure() const { return classes > 0 ? accuracy() : rmse(); }
};

// "training      600 samples   loss 0.1234   accuracy 99.33 %" and so on.
std::string line(const std::string& what, const Scores& scores);

// The confusion matrix with each class's precision and recall.
std::string confusion_table(const Scores& scores, const std::vector<std::string>& names);

// RMSE and MAE of each of several outputs.
std::string error_table(const Scores& scores, const std::vector<std::string>& names);

}  // namespace tools

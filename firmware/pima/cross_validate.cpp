// cross_validate_pima [--data FILE.csv] [--folds 10] [--seed 1] [--raw]: what the network of `pima` does on rows that it did not
// learn from. Each fold is left out once; every fold has its share of both classes. Without --data: the rows of `pima`. With
// --raw the inputs stay as they are, as in the original; else they are standardized by the rows learnt from.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <vector>

#include "rows.hpp"
#include "tools/data/csv.hpp"
#include "tools/data/source.hpp"
#include "tools/options.hpp"
#include "training.hpp"

namespace {

// The numbers of the rows in each fold, dealt out class by class in a random order.
std::vector<std::vector<std::uint16_t>> deal(const pima::Rows& rows, std::size_t folds, nn::Random& random) {
  std::vector<std::vector<std::uint16_t>> result(folds);
  std::size_t next = 0;
  for (std::uint8_t label = 0; label < 2; ++label) {
    std::vector<std::uint16_t> numbers;
    for (std::size_t i = 0; i < rows.labels.size(); ++i)
      if (rows.labels[i] == label) numbers.push_back(static_cast<std::uint16_t>(i));
    random.shuffle(numbers);
    for (const std::uint16_t number : numbers) result[next++ % folds].push_back(number);
  }
  return result;
}

struct Spread {
  double mean;
  double deviation;
};
Spread spread(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  for (double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / static_cast<double>(values.size() - 1))};
}

void cross_validate(const pima::Rows& rows, std::size_t folds, std::uint32_t seed, bool raw) {
  nn::Random random{seed};
  const auto dealt = deal(rows, folds, random);
  std::vector<double> learnt, unseen;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<std::uint16_t> others;
    for (std::size_t k = 0; k < folds; ++k)
      if (k != fold) others.insert(others.end(), dealt[k].begin(), dealt[k].end());
    auto inputs = pima::standardize(rows, others);
    if (raw) inputs = {{}, {1, 1, 1, 1, 1, 1, 1, 1}};
    pima::Training training{rows, others, seed + static_cast<std::uint32_t>(fold), inputs};
    for (std::uint32_t epoch = 0; epoch < pima::epochs; ++epoch) training.epoch();
    learnt.push_back(100.0 * static_cast<double>(training.evaluate(others).accuracy));
    unseen.push_back(100.0 * static_cast<double>(training.evaluate(dealt[fold]).accuracy));
    std::printf("fold %2zu: %.2f %% of the rows learnt from, %.2f %% of the %zu others\n", fold + 1, learnt.back(), unseen.back(),
                dealt[fold].size());
  }
  const Spread seen = spread(learnt), new_to_it = spread(unseen);
  std::printf("mean of %zu folds: %.2f %% of the rows learnt from, %.2f %% (+/- %.2f) of rows not learnt from\n", folds,
              seen.mean, new_to_it.mean, new_to_it.deviation);
}

void run(tools::Options& options) {
  const auto file = options.text("data");
  const std::size_t folds = options.whole("folds", 10, 2, 100);
  const auto seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 1'000'000));
  const bool raw = options.flag("raw");
  options.refuse_others();
  if (!file) {
    std::printf("data: %s\n", PIMA_DATA_IS);
    return cross_validate({rows::inputs, rows::labels}, folds, seed, raw);
  }
  const auto data = tools::read_csv(*file);
  tools::require_fit(data, pima::Net::inputs, 2);
  if (data.size() > 0xffff || data.size() < 2 * folds)
    throw tools::failure(*file, "has " + std::to_string(data.size()) + " rows", "two for each fold, and 65,535 at most");
  const std::vector<std::uint8_t> labels(data.labels.begin(), data.labels.end());
  cross_validate({data.values, labels}, folds, seed, raw);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"raw"}};
    run(options);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "cross_validate_pima: " << problem.what() << '\n';
    return 1;
  }
}

// Material: what one training learns from and is judged by: rows of the data, normalized by what is found on those that are
// learnt from.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nn/random.hpp"
#include "nn/shape.hpp"
#include "tools/data/column.hpp"
#include "tools/data/dataset.hpp"
#include "tools/data/sound_folder.hpp"
#include "tools/model/normalization.hpp"
#include "tools/train/asked.hpp"
#include "tools/train/normalize.hpp"
#include "tools/train/sound_variation.hpp"

namespace tools {

// The rows of `data` that are learnt from, set aside for validation, and those of `tests` that are only for the final figures.
struct Split {
  using Rows = std::span<const std::size_t>;
  const Dataset& data;
  Rows learnt, aside;
  const Dataset* tests;
  Rows test;
};

// How numbers are normalized.
struct Kinds {
  std::string inputs, targets;
  bool input_is_target;
};

template <class Input, class Target>
class Material {
 public:
  using Example = tools::Example<Input, Target>;

  // Of a network of this input. `found` is the normalization to use, or null to find it as `kinds` say.
  Material(nn::Shape shape, const Split& split, const Kinds& asked, const Normalization* found,
           const Normalization* found_of_targets);
  Material(const Material&) = delete;
  Material& operator=(const Material&) = delete;

  nn::Shape input;
  Kinds kinds;
  std::vector<Column> columns, target_columns;  // of the rows that are learnt from
  Normalization normalization, targets;
  std::vector<Example> train, validate, test;
  std::vector<Input> empty;  // an image of raw zeros

  // What an example that is learnt from would be, had its sound been varied.
  void vary(const Example& example, const SoundVariation& variation, std::span<Input> to, nn::Random& random) const;

  // The largest |input| and |target| of what is learnt from.
  std::pair<double, double> largest() const;

  // The share of the rows that a network can be right on: of rows with the same inputs, those of one class.
  double most_right() const;

 private:
  struct Numbers {
    std::vector<Input> inputs;
    std::vector<Target> targets;
    std::vector<float> wanted;
  };
  std::vector<Example> examples(const Dataset& data, Split::Rows rows, Numbers& numbers);

  std::shared_ptr<const Clips> clips;
  Numbers train_numbers, validate_numbers, test_numbers;
};

template <class Input, class Target>
Material<Input, Target>::Material(nn::Shape shape, const Split& split, const Kinds& asked, const Normalization* found,
                                  const Normalization* found_of_targets)
    : input{shape}, kinds{asked}, clips{split.data.clips} {
  std::vector<std::size_t> ordered(split.learnt.begin(), split.learnt.end());
  std::sort(ordered.begin(), ordered.end());
  columns = columns_of(split.data.values, split.data.features, ordered);
  normalization = found != nullptr ? *found : normalization_of(kinds.inputs, columns);
  if (split.data.targets > 0) {
    target_columns = columns_of(split.data.target_values, split.data.targets, ordered);
    targets = found_of_targets != nullptr ? *found_of_targets : normalization_of(kinds.targets, target_columns);
  }
  train = examples(split.data, split.learnt, train_numbers);
  validate = examples(split.data, split.aside, validate_numbers);
  if (split.tests != nullptr) test = examples(*split.tests, split.test, test_numbers);
  const std::vector<float> zeros(input.size());
  empty.resize(input.size());
  normalize_row<Input>(normalization, zeros, empty);
}

template <class Input, class Target>
void Material<Input, Target>::vary(const Example& example, const SoundVariation& variation, std::span<Input> to,
                                   nn::Random& random) const {
  std::vector<float> raw(to.size());
  clips->front_end->compute(variation.of(*clips, example.row, random), raw);
  normalize_row<Input>(normalization, raw, to);
}

template <class Input, class Target>
std::pair<double, double> Material<Input, Target>::largest() const {
  const auto widen = [](double& most, const auto& numbers) {
    for (const auto number : numbers) most = std::max(most, std::abs(static_cast<double>(static_cast<float>(number))));
  };
  std::pair<double, double> found;
  for (const Example& example : train) {
    widen(found.first, example.input);
    widen(found.second, example.target);
  }
  return found;
}

template <class Input, class Target>
double Material<Input, Target>::most_right() const {
  const auto before = [](const Example& a, const Example& b) {
    return std::lexicographical_compare(a.input.begin(), a.input.end(), b.input.begin(), b.input.end());
  };
  std::vector<Example> rows = train;
  std::sort(rows.begin(), rows.end(), [&](const Example& a, const Example& b) {
    return before(a, b) || (!before(b, a) && a.label < b.label);
  });
  std::size_t right = 0, most = 0, of_label = 0;  // `most` of the rows that are the same so far
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const bool same = k > 0 && !before(rows[k - 1], rows[k]);
    of_label = same && rows[k].label == rows[k - 1].label ? of_label + 1 : 1;
    if (!same) right += std::exchange(most, 0);
    most = std::max(most, of_label);
  }
  return static_cast<double>(right + most) / static_cast<double>(rows.size());
}

// A missing value becomes the column's mean.
template <class Input, class Target>
auto Material<Input, Target>::examples(const Dataset& data, Split::Rows rows, Numbers& numbers) -> std::vector<Example> {
  const std::size_t inputs = input.size(), asked = kinds.input_is_target ? inputs : data.targets;
  numbers.inputs.resize(rows.size() * inputs);
  numbers.targets.resize(rows.size() * asked);
  numbers.wanted.resize(rows.size() * asked);
  std::vector<Example> result;
  std::vector<float> raw(inputs);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto row = data.row(rows[k]);
    for (std::size_t i = 0; i < inputs; ++i) raw[i] = std::isnan(row[i]) ? static_cast<float>(columns[i].mean) : row[i];
    const std::span<Input> x = std::span{numbers.inputs}.subspan(k * inputs, inputs);
    normalize_row<Input>(normalization, raw, x);
    const std::span<Target> t = std::span{numbers.targets}.subspan(k * asked, asked);
    const std::span<float> wanted = std::span{numbers.wanted}.subspan(k * asked, asked);
    for (std::size_t i = 0; i < asked; ++i) {
      wanted[i] = kinds.input_is_target ? static_cast<float>(x[i]) : data.target(rows[k])[i];
      t[i] = nn::number<Target>(kinds.input_is_target ? wanted[i] : targets.of(wanted[i], i));
    }
    result.push_back({x, data.labels.empty() ? 0 : data.labels[rows[k]], t, wanted, rows[k]});
  }
  return result;
}

extern template class Material<float, float>;

}  // namespace tools

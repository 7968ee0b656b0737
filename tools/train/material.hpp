// Material: what one training learns from and is judged by: rows of the data, normalized by what is found on those that are
// learnt from.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/column.hpp"
#include "tools/data/dataset.hpp"
#include "tools/model/meaning.hpp"
#include "tools/model/normalize.hpp"
#include "tools/train/learner.hpp"
#include "tools/train/normalize.hpp"
#include "tools/train/sound_variation.hpp"

namespace tools {

// The normalizations that a network asks for by its type: `standard` for numbers without an order, whose columns may have units
// of their own; `scale` for images and signals, whose numbers share one. Of targets `unit` before a last layer that is bounded.
template <class Net>
constexpr const char* usual_normalization = Net::input_shape.height == 1 && Net::input_shape.width == 1 ? "standard" : "scale";

template <class Net, class Last = typename Net::template Spec<Net::layers - 1>>
constexpr const char* usual_target_normalization = std::is_same_v<Last, nn::Sigmoid> || std::is_same_v<Last, nn::HardSigmoid> ||
                                                           std::is_same_v<Last, nn::Tanh> || std::is_same_v<Last, nn::Softmax>
                                                       ? "unit"
                                                       : "standard";

template <class Net, class Loss>
class Material {
 public:
  using Example = typename Asked<Net, Loss>::Example;
  using Input = typename Net::InputNumber;
  using Target = typename Asked<Net, Loss>::Number;
  using Rows = std::span<const std::size_t>;

  // The rows of `data` that are learnt from, set aside for validation, and those of `tests` that are only for the final figures.
  struct Split {
    const Dataset& data;
    Rows learnt, aside;
    const Dataset* tests;
    Rows test;
  };

  // `found` is the normalization to use, or null to find it as `kinds` say.
  struct Kinds {
    std::string inputs, targets;
    bool input_is_target;
  };
  Material(const Split& split, const Kinds& asked, const nn::StoredNormalization<Net::inputs>* found,
           const nn::StoredNormalization<Net::outputs>* found_of_targets)
      : kinds{asked}, clips{split.data.clips} {
    std::vector<std::size_t> ordered(split.learnt.begin(), split.learnt.end());
    std::sort(ordered.begin(), ordered.end());
    columns = columns_of(split.data.values, split.data.features, ordered);
    normalization = found != nullptr ? *found : normalization_of<Net::inputs>(kinds.inputs, columns);
    if (split.data.targets > 0) {
      target_columns = columns_of(split.data.target_values, split.data.targets, ordered);
      targets = found_of_targets != nullptr ? *found_of_targets : normalization_of<Net::outputs>(kinds.targets, target_columns);
    }
    train = examples(split.data, split.learnt, train_numbers);
    validate = examples(split.data, split.aside, validate_numbers);
    if (split.tests != nullptr) test = examples(*split.tests, split.test, test_numbers);
    std::vector<float> zeros(Net::inputs);
    empty.resize(Net::inputs);
    normalize_row<Net::inputs, Input>(normalization, zeros, std::span<Input, Net::inputs>{empty});
  }
  Material(const Material&) = delete;
  Material& operator=(const Material&) = delete;

  Kinds kinds;
  std::vector<Column> columns, target_columns;  // of the rows that are learnt from
  nn::StoredNormalization<Net::inputs> normalization;
  nn::StoredNormalization<Net::outputs> targets;
  std::vector<Example> train, validate, test;
  std::vector<Input> empty;  // an image of raw zeros

  // What an example that is learnt from would be, had its sound been varied.
  void vary(const Example& example, const SoundVariation& variation, std::span<Input, Net::inputs> to, nn::Random& random) const {
    std::vector<float> raw(Net::inputs);
    clips->front_end->compute(variation.of(*clips, example.row, random), raw);
    normalize_row<Net::inputs, Input>(normalization, raw, to);
  }

 private:
  std::shared_ptr<const Clips> clips;
  struct Numbers {
    std::vector<Input> inputs;
    std::vector<Target> targets;
    std::vector<float> wanted;
  };
  Numbers train_numbers, validate_numbers, test_numbers;

  // A missing value becomes the column's mean.
  std::vector<Example> examples(const Dataset& data, Rows rows, Numbers& numbers) {
    const std::size_t asked = kinds.input_is_target ? Net::outputs : data.targets;
    numbers.inputs.resize(rows.size() * Net::inputs);
    numbers.targets.resize(rows.size() * asked);
    numbers.wanted.resize(rows.size() * asked);
    std::vector<Example> result;
    std::vector<float> raw(Net::inputs);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const auto row = data.row(rows[k]);
      for (std::size_t i = 0; i < Net::inputs; ++i) raw[i] = std::isnan(row[i]) ? static_cast<float>(columns[i].mean) : row[i];
      const std::span<Input, Net::inputs> x{numbers.inputs.data() + k * Net::inputs, Net::inputs};
      normalize_row<Net::inputs, Input>(normalization, raw, x);
      const std::span<Target> t{numbers.targets.data() + k * asked, asked};
      const std::span<float> wanted{numbers.wanted.data() + k * asked, asked};
      for (std::size_t i = 0; i < asked; ++i) {
        if (kinds.input_is_target) {
          wanted[i] = static_cast<float>(x[i]);
          t[i] = nn::number<Target>(wanted[i]);
        } else {
          wanted[i] = data.target(rows[k])[i];
          t[i] = nn::number<Target>(targets.count == 0 ? wanted[i] : (wanted[i] - targets.mean[i]) * targets.scale[i]);
        }
      }
      result.push_back({x, data.labels.empty() ? 0 : data.labels[rows[k]], t, wanted, rows[k]});
    }
    return result;
  }
};

}  // namespace tools

// TrainingData: the rows that a training has, what is asked of them, and the image that it goes on from.
#pragma once

#include <iostream>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/classes.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/image.hpp"
#include "tools/train/asked.hpp"
#include "tools/train/class_weights.hpp"
#include "tools/train/material.hpp"
#include "tools/train/settings.hpp"

namespace tools {

template <class Net, class Loss, class FrontEnd>
class TrainingData {
  static constexpr std::size_t classes = Asked<Net, Loss>::classes;

 public:
  explicit TrainingData(const Settings& asked) : settings{asked} {}

  // Reads what the options name, and sees whether it fits the network.
  void read(Options& options) {
    auto source = read_source(options, "train", settings.columns);
    if (!source)
      throw Failure{
          "no training data; expected --train FILE, --train-images and --train-labels, --train-x and --train-y or --train-folder "
          "(see --help)"};
    data = std::move(*source);
    tests = read_source(options, "test", settings.columns);
    if (settings.count > 0) keep_first(data, settings.count);
    for (const Dataset* each : {&data, tests ? &*tests : nullptr})
      for (std::size_t k = 0; each != nullptr && k < each->notes.size(); ++k) std::cout << each->notes[k] << '\n';
    require_shape(data, Net::input_shape);
    if (tests) require_shape(*tests, Net::input_shape);
    if (settings.start) read_start();
    meaning.numbers = settings.of_numbers();
    if (data.clips) meaning.front_end = FrontEnd::fingerprint;
    if (settings.of_numbers())
      require_targets();
    else
      number_classes();
    weights = class_weights(settings.class_weights, data, classes);
    kinds = {settings.normalize == "auto" ? usual_normalization<Net> : settings.normalize,
             settings.normalize_target == "auto" ? usual_target_normalization<Net> : settings.normalize_target,
             settings.columns.target_is_input};
  }

  // The last of a shuffled order are set aside for validation.
  std::unique_ptr<Material<Net, Loss>> make_material(std::span<std::size_t> order, std::span<const std::size_t> left_out) const {
    const auto aside = static_cast<std::size_t>(settings.validation * static_cast<double>(order.size()));
    if (settings.validation > 0 && aside == 0)
      throw Failure{data.name + ": no row is left for --validation; expected more rows or a larger fraction"};
    if (aside == order.size()) throw Failure{"no training data left; expected a smaller --validation"};
    std::vector<std::size_t> all;
    if (settings.folds == 0 && tests) {
      all.resize(tests->size());
      std::iota(all.begin(), all.end(), std::size_t{0});
    }
    const Split split{data, order.first(order.size() - aside), order.last(aside),
                      settings.folds > 0 ? &data
                      : tests            ? &*tests
                                         : nullptr,
                      settings.folds > 0 ? left_out : all};
    return std::make_unique<Material<Net, Loss>>(split, kinds, begin ? &start_normalization : nullptr,
                                                 begin ? &meaning.targets : nullptr);
  }

  std::vector<std::size_t> all_rows() const {
    std::vector<std::size_t> order(data.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return order;
  }

  Dataset data;
  std::optional<Dataset> tests;
  std::unique_ptr<typename Net::Parameters> begin;  // of an image to go on from
  Meaning<Net::outputs> meaning;
  std::vector<float> weights;  // of classes

 private:
  using Split = typename Material<Net, Loss>::Split;

  void read_start() {
    begin = std::make_unique<typename Net::Parameters>();
    meaning = read_image<Net>(*settings.start, *begin, start_normalization);
    if (meaning.numbers != settings.of_numbers())
      throw failure(*settings.start, meaning.numbers ? "learnt numbers" : "learnt classes",
                    meaning.numbers ? "--target" : "no --target");
    require_front_end<FrontEnd>(*settings.start, meaning, data);
  }

  void require_targets() const {
    const std::size_t asked = settings.columns.target_is_input ? Net::inputs : data.targets;
    if (asked != Net::outputs)
      throw Failure{"--target asks for " + std::to_string(asked) + " numbers; expected " + std::to_string(Net::outputs) +
                    ", the outputs of the network"};
  }

  void number_classes() {
    if (settings.start && !meaning.classes.empty())
      match_classes(data, meaning.classes, classes);
    else if (settings.start)
      match_classes(data, {}, classes);
    else
      fit_classes(data, classes);
    meaning.classes = data.classes;
    if (tests) match_classes(*tests, meaning.classes, classes);
    for (std::size_t k = 0; k < meaning.classes.size(); ++k)
      std::cout << (k == 0 ? "classes: " : ", ") << k << " = " << shown(meaning.classes[k])
                << (k + 1 == meaning.classes.size() ? "\n" : "");
    if constexpr (
        !Asked<Net, Loss>::by_class && !requires { Loss::takes_probabilities; } && !requires { Loss::takes_distribution; })
      std::cout << "classes are learnt by squared errors, each as 1 for its output and 0 for the others; to learn numbers, name "
                   "their columns with --target\n";
  }

  const Settings& settings;
  nn::StoredNormalization<Net::inputs> start_normalization;
  typename Material<Net, Loss>::Kinds kinds;
};

}  // namespace tools

#include "tools/train/training_data.hpp"

#include <cmath>
#include <iostream>

#include "tools/data/classes.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"
#include "tools/model/front_end.hpp"
#include "tools/train/class_weights.hpp"

namespace tools {

void TrainingData::read(Options& options, const std::function<Meaning(const std::string&, Normalization&)>& read_image) {
  auto source = read_source(options, "train", settings.columns);
  if (!source)
    throw Failure{
        "no training data; expected --train FILE, --train-images and --train-labels, --train-x and --train-y or --train-folder "
        "(see --help)"};
  data = std::move(*source);
  tests = read_source(options, "test", settings.columns);
  if (settings.count > 0) keep_first(data, settings.count);
  if (settings.fill_missing) require_means();
  for (const Dataset* each : {&data, tests ? &*tests : nullptr})
    for (std::size_t k = 0; each != nullptr && k < each->notes.size(); ++k) std::cout << each->notes[k] << '\n';
  require_shape(data, network.input);
  if (tests) require_shape(*tests, network.input);
  if (settings.start) read_start(read_image);
  meaning.numbers = settings.of_numbers();
  if (data.clips) meaning.front_end = network.front_end;
  if (settings.of_numbers())
    require_targets();
  else
    number_classes();
  weights = class_weights(settings.class_weights, data, network.classes);
  kinds = {settings.normalize == "auto" ? network.inputs() : settings.normalize,
           settings.normalize_target == "auto" ? network.targets : settings.normalize_target, settings.columns.target_is_input};
}

Split TrainingData::split(std::span<std::size_t> order, std::span<const std::size_t> left_out,
                          std::vector<std::size_t>& tested) const {
  const auto aside = static_cast<std::size_t>(settings.validation * static_cast<double>(order.size()));
  if (settings.validation > 0 && aside == 0)
    throw Failure{data.name + ": no row is left for --validation; expected more rows or a larger fraction"};
  if (aside == order.size()) throw Failure{"no training data left; expected a smaller --validation"};
  const auto learnt = order.first(order.size() - aside), last = order.last(aside);
  if (settings.folds > 0) return {data, learnt, last, &data, left_out};
  if (!tests) return {data, learnt, last, nullptr, {}};
  tested = all_rows(*tests);
  return {data, learnt, last, &*tests, tested};
}

void TrainingData::read_start(const std::function<Meaning(const std::string&, Normalization&)>& read_image) {
  meaning = read_image(*settings.start, start_normalization);
  if (meaning.numbers != settings.of_numbers())
    throw failure(*settings.start, meaning.numbers ? "learnt numbers" : "learnt classes",
                  meaning.numbers ? "--target" : "no --target");
  require_front_end(*settings.start, meaning, data, network.front_end);
}

void TrainingData::require_means() const {
  for (std::size_t i = 0; i < data.features; ++i) {
    bool empty = true;
    for (std::size_t row = 0; row < data.size() && empty; ++row) empty = std::isnan(data.row(row)[i]);
    if (empty)
      throw failure(data.name, data.place(i) + " holds no number at all", "one whose mean can be taken, or no such column");
  }
}

void TrainingData::require_targets() const {
  const std::size_t asked = settings.columns.target_is_input ? network.input.size() : data.targets;
  if (asked != network.outputs)
    throw Failure{"--target asks for " + std::to_string(asked) + " numbers; expected " + std::to_string(network.outputs) +
                  ", the outputs of the network"};
}

void TrainingData::number_classes() {
  if (settings.start)
    match_classes(data, meaning.classes, network.classes);
  else
    fit_classes(data, network.classes);
  meaning.classes = data.classes;
  if (tests) match_classes(*tests, meaning.classes, network.classes);
  for (std::size_t k = 0; k < meaning.classes.size(); ++k)
    std::cout << (k == 0 ? "classes: " : ", ") << k << " = " << shown(meaning.classes[k])
              << (k + 1 == meaning.classes.size() ? "\n" : "");
  if (network.by_squares)
    std::cout << "classes are learnt by squared errors, each as 1 for its output and 0 for the others; to learn numbers, name "
                 "their columns with --target\n";
}

}  // namespace tools

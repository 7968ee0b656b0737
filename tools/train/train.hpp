// train: trains the network of a model.hpp on data and writes its weights as a header.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <limits>
#include <memory>
#include <numeric>

#include "nn/nn.hpp"
#include "tools/data/classes.hpp"
#include "tools/data/file.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/report/doubts.hpp"
#include "tools/results.hpp"
#include "tools/train/find_rate.hpp"
#include "tools/train/help.hpp"
#include "tools/train/material.hpp"
#include "tools/train/repeat.hpp"
#include "tools/train/run.hpp"
#include "tools/train/settings.hpp"

namespace tools {

// FrontEnd: what makes features of sounds (tools/model/front_end.hpp).
template <class Net, class Loss, class FrontEnd = no_front_end::FrontEnd>
class Training {
 public:
  Training(int count, char** arguments, const HeaderText& defaults)
      : options{count, arguments, {"for-training", "confusion", "quiet", "strict", "restart", "find-rate", "help"}},
        text{defaults} {
    text.command = command_line(count, arguments);
  }
  virtual ~Training() = default;

  int run() {
    if (options.flag("help")) {
      std::cout << help();
      return 0;
    }
    read_options();
    prepare_data();
    if (settings.seeds > 0 || settings.folds > 0) return repeat();
    make_run();
    if (settings.find_rate) return find_rate();
    auto write = [](std::string_view part) { std::cout << part; };
    if (!settings.quiet) nn::print_summary<Net>(write);
    current->learn([this] { before_step(); }, settings.quiet, true);
    report();
    if (!nn::is_finite(learner().parameters()))
      throw Failure{"training diverged: a weight is not finite; expected to learn at a lower --rate"};
    tell_doubts();
    write_results();
    finish();
    return 0;
  }

 protected:
  using Learner = tools::Learner<Net, Loss>;
  using Example = typename Asked<Net, Loss>::Example;
  using Number = typename Net::InputNumber;

  // For a program that does more than to train: its help and options, and what it does before each step and in the end.
  virtual std::string help() const { return train_help; }
  virtual void read_more_options() {}
  virtual void before_step() {}
  virtual void finish() {}

  Learner& learner() { return *current->learner; }
  const std::vector<Example>& train() const { return material->train; }

  Options options;
  HeaderText text;

 private:
  using Split = typename Material<Net, Loss>::Split;
  static constexpr std::size_t classes = Asked<Net, Loss>::classes;

  bool of_numbers() const { return settings.columns.target_is_input || !settings.columns.targets.empty(); }

  void read_options() {
    settings = read_settings(options, Net::layers);
    settings.columns.channels = Net::input_shape.channels;
    settings.columns.front_end = clip_features<Net, FrontEnd>();
    text.name = settings.name.value_or(text.name);
    if (settings.shift > 0 && Net::input_shape.height == 1)
      throw Failure{"--shift moves images; expected a network whose Input has a height and a width"};
    if (Asked<Net, Loss>::by_class && of_numbers())
      throw Failure{
          "--target learns numbers, and this network's loss asks for a class; expected another last layer than Softmax, or LOSS "
          "nn::MeanSquaredError"};
    std::vector<std::string> read{"start"};
    for (const char* role : {"train", "test"})
      for (const std::string& name : source_options(role)) {
        options.text(name);
        read.push_back(name);
      }
    read_more_options();
    options.refuse_others();
    require_results(options, read, {"out", "image", "log", "plot"});
    auto source = read_source(options, "train", settings.columns);
    if (!source)
      throw Failure{
          "no training data; expected --train FILE, --train-images and --train-labels, --train-x and --train-y or --train-folder "
          "(see --help)"};
    data = std::move(*source);
    tests = read_source(options, "test", settings.columns);
    if (settings.count > 0) keep_first(data, settings.count);
    find_variation();
    for (const Dataset* each : {&data, tests ? &*tests : nullptr})
      for (std::size_t k = 0; each != nullptr && k < each->notes.size(); ++k) std::cout << each->notes[k] << '\n';
  }

  // What is to be done to sounds, in samples.
  void find_variation() {
    for (const char* name : {"shift-time", "gain", "noise"})
      if (options.has(name) && !data.clips)
        throw Failure{std::string{"--"} + name + " varies sounds; expected --train-folder with WAV files"};
    if (settings.shift > 0 && data.clips)
      throw Failure{"--shift moves images; expected --shift-time for sounds"};
    if (!data.clips) return;
    const std::uint32_t rate = data.clips->front_end->rate;
    settings.variation.shift = settings.shift_ms * rate / 1000;
    if (settings.noise) settings.variation.noise = read_sounds(*settings.noise, rate);
  }

  void prepare_data() {
    require_features(data, Net::inputs);
    if (tests) require_features(*tests, Net::inputs);
    if (settings.start) {
      begin = std::make_unique<typename Net::Parameters>();
      meaning = read_image<Net>(*settings.start, *begin, start_normalization);
      if (meaning.numbers != of_numbers())
        throw failure(*settings.start, meaning.numbers ? "learnt numbers" : "learnt classes",
                      meaning.numbers ? "--target" : "no --target");
      require_front_end<FrontEnd>(*settings.start, meaning, data);
    }
    meaning.numbers = of_numbers();
    if (data.clips) meaning.front_end = FrontEnd::fingerprint;
    if (of_numbers())
      require_targets();
    else
      number_classes();
    find_class_weights();
    kinds = {settings.normalize == "auto" ? usual_normalization<Net> : settings.normalize,
             settings.normalize_target == "auto" ? usual_target_normalization<Net> : settings.normalize_target,
             settings.columns.target_is_input};
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
  }

  // Balanced: of n samples, n / (k · n[c]) for each of class c, k being the number of classes that occur; so that every class
  // weighs as much as any other, and all samples together as much as without weights.
  void find_class_weights() {
    auto& weights = settings.choice.weights;
    if (settings.class_weights == "balanced") {
      std::vector<double> samples(classes);
      for (std::uint32_t label : data.labels) ++samples[label];
      const auto occur = static_cast<double>(std::count_if(samples.begin(), samples.end(), [](double n) { return n > 0; }));
      for (double n : samples) weights.push_back(n > 0 ? static_cast<float>(static_cast<double>(data.size()) / (occur * n)) : 0);
    } else if (!settings.class_weights.empty()) {
      for (const std::string& part : parts_of(settings.class_weights)) {
        const auto weight = read_number(part, false).value;
        if (!weight || *weight < 0 || *weight > 1e6f)
          throw Failure{"--class-weights holds " + shown(part) +
                        "; expected balanced, or a number from 0 to 1000000 for each class, separated by commas"};
        weights.push_back(*weight);
      }
      if (weights.size() != classes)
        throw Failure{"--class-weights has " + std::to_string(weights.size()) + " numbers; expected " + std::to_string(classes) +
                      ", one for each class"};
    }
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

  void make_run() {
    nn::Random random{settings.seed};
    std::vector<std::size_t> order = all_rows();
    random.shuffle(order);
    material = make_material(order, {});
    data.values = {};  // as large as the examples made of it
    meaning.targets = material->targets;
    current = std::make_unique<Run<Net, Loss>>(settings, *material, of_numbers(), random, settings.seed, begin.get());
    find_doubts_of_inputs();
  }

  int repeat() {
    std::vector<Scores> results;
    const auto learn = [&](Material<Net, Loss>& from, const nn::Random& random, std::uint32_t seed) {
      Run<Net, Loss> run{settings, from, of_numbers(), random, seed, begin.get()};
      run.learn([] {}, true, false);
      return Repetition{run.scores(from.train), run.scores(from.test.empty() ? from.validate : from.test)};
    };
    const bool together = !Net::Arithmetic::watched;  // what is watched is noted in one place
    if (settings.seeds > 0) {
      print_repetitions("seed", settings.seed,
                        repeated(
                            settings.seeds, together,
                            [&](std::size_t k) {
                              const auto seed = static_cast<std::uint32_t>(settings.seed + k);
                              nn::Random random{seed};
                              std::vector<std::size_t> order = all_rows();
                              random.shuffle(order);
                              const auto from = make_material(order, {});
                              return learn(*from, random, seed);
                            },
                            settings.quiet));
      return 0;
    }
    nn::Random random{settings.seed};
    const auto folds = deal(data, settings.folds, random);
    print_repetitions("fold", 1,
                      repeated(
                          settings.folds, together,
                          [&](std::size_t k) {
                            std::vector<std::size_t> others;
                            for (std::size_t other = 0; other < folds.size(); ++other)
                              if (other != k) others.insert(others.end(), folds[other].begin(), folds[other].end());
                            nn::Random own{settings.seed + static_cast<std::uint32_t>(k)};
                            own.shuffle(others);
                            const auto from = make_material(others, folds[k]);
                            return learn(*from, own, settings.seed + static_cast<std::uint32_t>(k));
                          },
                          settings.quiet));
    return 0;
  }

  int find_rate() {
    const RateCurve curve = rate_curve(*current, settings.quiet);
    std::cout << rate_table(curve);
    if (settings.log) replace_file(*settings.log, as_csv(curve));
    if (settings.plot)
      replace_file(*settings.plot, as_svg(curve, text.net + ": " + settings.choice.optimizer + ", batch " +
                                                     std::to_string(settings.choice.batch)));
    return 0;
  }

  // What is wrong with the inputs before anything is learnt from them.
  void find_doubts_of_inputs() {
    if (kinds.inputs == "scale")
      if (const auto doubt = doubt_of_ranges(material->columns, data.columns)) doubts.push_back(*doubt);
    for (std::size_t i = 0; i < Net::inputs; ++i) {
      const Column& column = material->columns[i];
      if (column.most > column.least && column.constant() && kinds.inputs == "standard") {
        doubts.push_back(data.place(i) + " varies so little, from " + short_number(column.least) + " to " +
                         short_number(column.most) +
                         ", that it cannot be normalized and is as good as constant; multiply it by a power of ten");
        break;
      }
    }
    if constexpr (nn::is_fixed<Number>) {
      std::vector<std::size_t> beyond(Net::inputs);
      for (const Example& example : material->train)
        for (std::size_t i = 0; i < Net::inputs; ++i)
          beyond[i] += example.input[i] == Number::highest() || example.input[i] == Number::lowest();
      const auto most = static_cast<std::size_t>(std::max_element(beyond.begin(), beyond.end()) - beyond.begin());
      if (beyond[most] * 100 > material->train.size())
        doubts.push_back(data.place(most) + " goes from " + short_number(material->columns[most].least) + " to " +
                         short_number(material->columns[most].most) + ", and " + std::to_string(beyond[most]) + " of " +
                         std::to_string(material->train.size()) + " rows leave the range of the network's input, " +
                         short_number(static_cast<double>(Number::lowest())) + " to " +
                         short_number(static_cast<double>(Number::highest())) + ", even as --normalize " + kinds.inputs +
                         " leaves them; try --normalize " + (kinds.inputs == "standard" ? "scale" : "standard") +
                         ", or a format with fewer fraction bits");
    }
  }

  void report() {
    if (current->stopped > 0)
      std::cout << "stopped early after " << current->stopped << " epochs; the best was " << settings.patience
                << " epochs before\n";
    std::cout.flush();
    std::vector<std::string> names;
    for (std::size_t k = 0; k < classes; ++k) names.push_back(class_name(meaning.classes, k));
    after = current->scores(material->train);
    const auto print = [&](const char* what, const Scores& scores, bool table) {
      if (scores.samples == 0) return;
      std::cout << line(what, scores) << error_table(scores, data.target_names);
      if (settings.confusion && table) std::cout << confusion_table(scores, names);
    };
    print("training", after, material->validate.empty() && material->test.empty());
    print("validation", current->scores(material->validate), true);
    print("test", current->scores(material->test), true);
    std::cout.flush();
    std::printf("checksum    %08x\n", nn::checksum(learner().parameters()));
    std::fflush(stdout);

    std::optional<std::string> doubt;
    if (of_numbers()) {
      double squares = 0;
      for (const Column& column : material->target_columns)
        squares += column.deviation * column.deviation / static_cast<double>(Net::outputs);
      doubt = doubt_of_numbers(current->before, after, std::sqrt(squares));
    } else {
      Scores before = current->before;
      if (!settings.choice.weights.empty())
        before.loss = std::numeric_limits<double>::infinity();  // it is another loss that fell
      doubt = doubt_of_classes(before, after, names);
    }
    if (doubt && settings.frozen < Net::layers) doubts.push_back(*doubt);
  }

  void tell_doubts() const {
    for (const std::string& doubt : doubts) std::cout << "warning: " << doubt << '\n';
    std::cout.flush();
    if (settings.strict && !doubts.empty()) throw Failure{"a warning with --strict: " + doubts.front()};
  }

  Subject subject() const {
    return {text.net + ": " + settings.choice.optimizer + ", rate " + short_number(static_cast<double>(settings.rate)) + " " +
                settings.schedule + ", batch " + std::to_string(settings.choice.batch) + ", seed " +
                std::to_string(settings.seed),
            material->test.empty() && !material->validate.empty() ? "validation" : "test", !of_numbers()};
  }

  void write_results() {
    auto& parameters = learner().parameters();
    if (settings.out) {
      typename Net::Input probe{};
      std::copy(train()[0].input.begin(), train()[0].input.end(), probe.begin());
      if (settings.for_training || !nn::folds<Net>) {
        replace_file(*settings.out, weights_header<Net>(text, parameters, material->normalization, probe, meaning));
      } else {
        HeaderText folded = text;
        folded.net = folded_name<Net>(text.net);
        replace_file(*settings.out,
                     weights_header<nn::Folded<Net>>(folded, nn::fold<Net>(parameters), material->normalization, probe, meaning));
      }
    }
    if (settings.image) write_image<Net>(*settings.image, parameters, material->normalization, meaning);
    if (settings.log) replace_file(*settings.log, as_csv(current->history, subject()));
    if (settings.plot) replace_file(*settings.plot, as_svg(current->history, subject()));
  }

  Settings settings;
  Dataset data;
  std::optional<Dataset> tests;
  std::unique_ptr<typename Net::Parameters> begin;  // of an image to go on from
  nn::StoredNormalization<Net::inputs> start_normalization;
  Meaning<Net::outputs> meaning;
  typename Material<Net, Loss>::Kinds kinds;
  std::unique_ptr<Material<Net, Loss>> material;
  std::unique_ptr<Run<Net, Loss>> current;
  Scores after;
  std::vector<std::string> doubts;
};

template <class Net, class Loss = UsualLoss<Net>, class FrontEnd = no_front_end::FrontEnd>
int train_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Training<Net, Loss, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools

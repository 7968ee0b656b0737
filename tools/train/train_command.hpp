// TrainCommand: what train does, but for what only code of its network can do, which Training adds.
#pragma once

#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nn/random.hpp"
#include "tools/data/classes.hpp"
#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/model/header.hpp"
#include "tools/results.hpp"
#include "tools/train/doubts_of_inputs.hpp"
#include "tools/train/doubts_of_learning.hpp"
#include "tools/train/find_rate.hpp"
#include "tools/train/help.hpp"
#include "tools/train/network_facts.hpp"
#include "tools/train/repeat.hpp"
#include "tools/train/run.hpp"
#include "tools/train/settings.hpp"
#include "tools/train/training_data.hpp"

namespace tools {

template <class Input, class Target>
class TrainCommand {
 public:
  TrainCommand(int count, char** arguments, const HeaderText& defaults, const NetworkFacts& of_network);
  virtual ~TrainCommand();
  TrainCommand(const TrainCommand&) = delete;
  TrainCommand& operator=(const TrainCommand&) = delete;

  int run();

 protected:
  using Example = tools::Example<Input, Target>;
  using Rounds = typename Run<Input, Target>::Rounds;
  using Made = typename Run<Input, Target>::Made;

  // For a program that does more than to train: its help and options, another arithmetic to end in, and what it does
  // before each step and in the end.
  virtual std::string help() const { return train_help; }
  virtual void read_more_options() {}
  virtual Rounds rounds() const { return {}; }  // through which the last part of --quantize learns
  virtual void before_step() {}
  virtual void finish() {}

  // Of the network.
  virtual std::shared_ptr<const ClipFeatures> clip_features() const = 0;
  virtual Meaning read_start(const std::string& image, Normalization& normalization) = 0;  // the parameters to begin with
  virtual Made make_learner(std::uint32_t seed) const = 0;                                 // from these, or from drawn ones
  virtual bool learns(std::size_t frozen) const = 0;                                       // a layer behind the frozen ones
  virtual void print_summary() const = 0;
  virtual std::uint32_t checksum() const = 0;  // of what is learnt, …
  virtual bool is_finite() const = 0;
  virtual std::string header() const = 0;
  virtual void write_image(const std::string& file) const = 0;

  Options options;
  HeaderText text;
  Settings settings;
  NetworkFacts network;
  TrainingData data{settings, network};
  std::unique_ptr<Material<Input, Target>> material;
  std::unique_ptr<Run<Input, Target>> current;

 private:
  void read_options();
  void find_variation();
  void make_run();
  int repeat();
  int find_best_rate();
  void report();
  std::vector<std::string> what_is_learnt() const;
  std::optional<std::string> doubt(const Material<Input, Target>& of, const Scores& before, const Scores& learnt) const;
  void tell_doubts() const;
  Subject subject() const;
  void write_results();

  std::vector<std::string> doubts;
};

template <class Input, class Target>
TrainCommand<Input, Target>::TrainCommand(int count, char** arguments, const HeaderText& defaults, const NetworkFacts& of_network)
    : options{count, arguments, {"for-training", "confusion", "quiet", "strict", "restart", "find-rate", "help"}},
      text{defaults},
      network{of_network} {
  text.command = command_line(count, arguments);
}

template <class Input, class Target>
TrainCommand<Input, Target>::~TrainCommand() = default;

template <class Input, class Target>
int TrainCommand<Input, Target>::run() {
  if (options.flag("help")) {
    std::cout << help();
    return 0;
  }
  read_options();
  if (settings.seeds > 0 || settings.folds > 0) return repeat();
  make_run();
  if (settings.find_rate) return find_best_rate();
  if (!settings.quiet) print_summary();
  if (settings.choice.threads > 1 && !current->learner->shares_batches() && !settings.quiet)
    std::cout << "one thread learns: layers of this network pass something on from sample to sample, "
                 "take a batch as a whole, or draw at random\n";
  current->learn([this] { before_step(); }, settings.quiet, true);
  report();
  if (!is_finite()) throw Failure{"training diverged: a weight is not finite; expected to learn at a lower --rate"};
  tell_doubts();
  write_results();
  finish();
  return 0;
}

template <class Input, class Target>
void TrainCommand<Input, Target>::read_options() {
  settings = read_settings(options, network.layers);
  settings.columns.channels = network.input.channels;
  settings.columns.front_end = clip_features();
  text.name = settings.name.value_or(text.name);
  if (settings.shift > 0 && network.input.height == 1)
    throw Failure{"--shift moves images; expected a network whose Input has a height and a width"};
  if (options.has("batch-norm") && !network.takes_batches)
    throw Failure{"--batch-norm does nothing here; expected a network in float with a BatchNorm"};
  if (network.by_class && settings.of_numbers())
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
  if (settings.quantize && !rounds())
    throw Failure{"--quantize needs a trainer that rounds; expected nn_train_tool(NAME … MODEL … INT8) in CMakeLists.txt"};
  options.refuse_others();
  require_results(options, read, {"out", "image", "log", "plot"});
  data.read(options, [this](const std::string& image, Normalization& found) { return read_start(image, found); });
  settings.choice.weights = data.weights;
  find_variation();
}

// What is to be done to sounds, in samples.
template <class Input, class Target>
void TrainCommand<Input, Target>::find_variation() {
  const auto& clips = data.data.clips;
  for (const char* name : {"shift-time", "gain", "noise"})
    if (options.has(name) && !clips)
      throw Failure{std::string{"--"} + name + " varies sounds; expected --train-folder with WAV files"};
  if (settings.shift > 0 && clips) throw Failure{"--shift moves images; expected --shift-time for sounds"};
  if (!clips) return;
  const std::uint32_t rate = clips->front_end->rate;
  settings.variation.shift = settings.shift_ms * rate / 1000;
  if (settings.noise) settings.variation.noise = read_sounds(*settings.noise, rate);
}

template <class Input, class Target>
void TrainCommand<Input, Target>::make_run() {
  nn::Random random{settings.seed};
  std::vector<std::size_t> order = all_rows(data.data);
  random.shuffle(order);
  material = data.make_material<Input, Target>(order, {});
  data.data.values = {};  // as large as the examples made of it
  data.meaning.targets = material->targets;
  current = std::make_unique<Run<Input, Target>>(settings, *material, random, settings.seed, make_learner(settings.seed),
                                                 rounds());
  doubts = doubts_of_inputs(*material, data.data);
}

template <class Input, class Target>
int TrainCommand<Input, Target>::repeat() {
  const auto learn = [&](Material<Input, Target>& from, const nn::Random& random, std::uint32_t seed) {
    Run<Input, Target> run{settings, from, random, seed, make_learner(seed), rounds()};
    const Scores before = run.scores(from.train);
    run.learn([] {}, true, false);
    const Scores learnt = run.scores(from.train);
    auto doubts_of_one = doubts_of_inputs(from, data.data);
    if (const auto one = doubt(from, before, learnt)) doubts_of_one.push_back(*one);
    return Repetition{learnt, run.scores(from.test.empty() ? from.validate : from.test), std::move(doubts_of_one)};
  };
  const auto tell = [&](const char* what, std::size_t first, const std::vector<Repetition>& all) {
    std::cout << repetition_table(what, first, all);
    doubts = doubts_of(what, first, all);
    tell_doubts();
    return 0;
  };
  const bool together = !network.is_watched;
  if (settings.seeds > 0) {
    const auto of_seed = [&](std::size_t k) {
      const auto seed = static_cast<std::uint32_t>(settings.seed + k);
      nn::Random random{seed};
      std::vector<std::size_t> order = all_rows(data.data);
      random.shuffle(order);
      const auto from = data.make_material<Input, Target>(order, {});
      return learn(*from, random, seed);
    };
    return tell("seed", settings.seed, repeated(settings.seeds, together, of_seed, settings.quiet));
  }
  nn::Random random{settings.seed};
  const auto folds = deal(data.data, settings.folds, random);
  const auto without_fold = [&](std::size_t k) {
    std::vector<std::size_t> others;
    for (std::size_t other = 0; other < folds.size(); ++other)
      if (other != k) others.insert(others.end(), folds[other].begin(), folds[other].end());
    nn::Random own{settings.seed + static_cast<std::uint32_t>(k)};
    own.shuffle(others);
    const auto from = data.make_material<Input, Target>(others, folds[k]);
    return learn(*from, own, settings.seed + static_cast<std::uint32_t>(k));
  };
  return tell("fold", 1, repeated(settings.folds, together, without_fold, settings.quiet));
}

template <class Input, class Target>
int TrainCommand<Input, Target>::find_best_rate() {
  const auto step = [this](float rate) {
    const float loss = current->step(rate);
    return current->learner->refused() > 0 ? std::nullopt : std::optional{loss};
  };
  const RateCurve curve = find_rate(step, settings.quiet);
  if (curve.points().empty())
    throw Failure{"no rate learns anything: the loss or its gradient is not finite, or beyond 2^40; " +
                  instead_of_divergence(material->largest())};
  std::cout << rate_table(curve);
  tell_doubts();
  if (settings.log) replace_file(*settings.log, as_csv(curve));
  if (settings.plot)
    replace_file(*settings.plot, as_svg(curve, text.net + ": " + settings.choice.optimizer + ", batch " +
                                                   std::to_string(settings.choice.batch)));
  return 0;
}

template <class Input, class Target>
void TrainCommand<Input, Target>::report() {
  if (current->stopped > 0)
    std::cout << "stopped early after " << current->stopped << " epochs; the best was " << settings.patience
              << " epochs before\n";
  std::cout.flush();
  const std::vector<std::string> names = what_is_learnt();
  const Scores after = current->scores(material->train);
  const auto print = [&](const char* what, const Scores& scores, bool table) {
    if (scores.samples == 0) return;
    std::cout << line(what, scores) << error_table(scores, data.data.target_names);
    if (settings.confusion && table) std::cout << confusion_table(scores, names);
  };
  print("training", after, material->validate.empty() && material->test.empty());
  print("validation", current->scores(material->validate), true);
  print("test", current->scores(material->test), true);
  std::cout.flush();
  std::printf("checksum    %08x\n", checksum());
  std::fflush(stdout);
  if (const auto found = doubt(*material, current->before, after)) doubts.push_back(*found);
}

// Names of the classes, or of the targets.
template <class Input, class Target>
std::vector<std::string> TrainCommand<Input, Target>::what_is_learnt() const {
  if (settings.of_numbers()) return data.data.target_names;
  std::vector<std::string> names;
  for (std::size_t k = 0; k < network.classes; ++k) names.push_back(class_name(data.meaning.classes, k));
  return names;
}

template <class Input, class Target>
std::optional<std::string> TrainCommand<Input, Target>::doubt(const Material<Input, Target>& of, const Scores& before,
                                                              const Scores& learnt) const {
  return doubt_of_learning(settings, learns(settings.frozen), of.columns, of.target_columns, [&] { return of.most_right(); },
                           before, learnt, what_is_learnt());
}

template <class Input, class Target>
void TrainCommand<Input, Target>::tell_doubts() const {
  for (const std::string& one : doubts) std::cout << "warning: " << one << '\n';
  std::cout.flush();
  if (settings.strict && !doubts.empty()) throw Failure{"a warning with --strict: " + doubts.front()};
}

template <class Input, class Target>
Subject TrainCommand<Input, Target>::subject() const {
  return {text.net + ": " + settings.choice.optimizer + ", rate " + short_number(static_cast<double>(settings.rate)) + " " +
              settings.schedule + ", batch " + std::to_string(settings.choice.batch) + ", seed " + std::to_string(settings.seed),
          material->test.empty() && !material->validate.empty() ? "validation" : "test", !settings.of_numbers()};
}

template <class Input, class Target>
void TrainCommand<Input, Target>::write_results() {
  if (settings.out) replace_file(*settings.out, header());
  if (settings.image) write_image(*settings.image);
  if (settings.log) replace_file(*settings.log, as_csv(current->history, subject()));
  if (settings.plot) replace_file(*settings.plot, as_svg(current->history, subject()));
}

extern template class TrainCommand<float, float>;

}  // namespace tools

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
#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/model/front_end.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/results.hpp"
#include "tools/train/doubts_of_inputs.hpp"
#include "tools/train/doubts_of_learning.hpp"
#include "tools/train/find_rate.hpp"
#include "tools/train/help.hpp"
#include "tools/train/material.hpp"
#include "tools/train/repeat.hpp"
#include "tools/train/run.hpp"
#include "tools/train/settings.hpp"
#include "tools/train/training_data.hpp"

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
    if (settings.seeds > 0 || settings.folds > 0) return repeat();
    make_run();
    if (settings.find_rate) return find_rate();
    auto write = [](std::string_view part) { std::cout << part; };
    if (!settings.quiet) nn::print_summary<Net>(write);
    if (settings.choice.threads > 1 && !learner().shares_batches() && !settings.quiet)
      std::cout << "one thread learns: layers of this network pass something on from sample to sample, "
                   "take a batch as a whole, or draw at random\n";
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

  // For a program that does more than to train: its help and options, another arithmetic to end in, and what it does
  // before each step and in the end.
  virtual std::string help() const { return train_help; }
  virtual void read_more_options() {}
  virtual typename Run<Net, Loss>::Rounds rounds() const { return {}; }  // through which the last part of --quantize learns
  virtual void before_step() {}
  virtual void finish() {}

  Learner& learner() { return *current->learner; }
  const std::vector<Example>& train() const { return material->train; }

  Options options;
  HeaderText text;
  Settings settings;

 private:
  static constexpr std::size_t classes = Asked<Net, Loss>::classes;

  void read_options() {
    settings = read_settings(options, Net::layers);
    settings.columns.channels = Net::input_shape.channels;
    settings.columns.front_end = clip_features<Net, FrontEnd>();
    text.name = settings.name.value_or(text.name);
    if (settings.shift > 0 && Net::input_shape.height == 1)
      throw Failure{"--shift moves images; expected a network whose Input has a height and a width"};
    if (options.has("batch-norm") && !takes_batches<Net>)
      throw Failure{"--batch-norm does nothing here; expected a network in float with a BatchNorm"};
    if (Asked<Net, Loss>::by_class && settings.of_numbers())
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
    data.read(options);
    settings.choice.weights = data.weights;
    find_variation();
  }

  // What is to be done to sounds, in samples.
  void find_variation() {
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

  void make_run() {
    nn::Random random{settings.seed};
    std::vector<std::size_t> order = data.all_rows();
    random.shuffle(order);
    material = data.make_material(order, {});
    data.data.values = {};  // as large as the examples made of it
    data.meaning.targets = material->targets;
    current = std::make_unique<Run<Net, Loss>>(settings, *material, random, settings.seed, data.begin.get(), rounds());
    doubts = doubts_of_inputs(*material, data.data);
  }

  int repeat() {
    const auto learn = [&](Material<Net, Loss>& from, const nn::Random& random, std::uint32_t seed) {
      Run<Net, Loss> run{settings, from, random, seed, data.begin.get(), rounds()};
      const Scores before = run.scores(from.train);
      run.learn([] {}, true, false);
      const Scores learnt = run.scores(from.train);
      auto doubts_of_one = doubts_of_inputs(from, data.data);
      if (const auto doubt = doubt_of_learning(settings, from, before, learnt, what_is_learnt())) doubts_of_one.push_back(*doubt);
      return Repetition{learnt, run.scores(from.test.empty() ? from.validate : from.test), std::move(doubts_of_one)};
    };
    const auto tell = [&](const char* what, std::size_t first, const std::vector<Repetition>& all) {
      std::cout << repetition_table(what, first, all);
      doubts = doubts_of(what, first, all);
      tell_doubts();
      return 0;
    };
    const bool together = !Net::Arithmetic::watched;  // what is watched is noted in one place
    if (settings.seeds > 0) {
      const auto of_seed = [&](std::size_t k) {
        const auto seed = static_cast<std::uint32_t>(settings.seed + k);
        nn::Random random{seed};
        std::vector<std::size_t> order = data.all_rows();
        random.shuffle(order);
        const auto from = data.make_material(order, {});
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
      const auto from = data.make_material(others, folds[k]);
      return learn(*from, own, settings.seed + static_cast<std::uint32_t>(k));
    };
    return tell("fold", 1, repeated(settings.folds, together, without_fold, settings.quiet));
  }

  int find_rate() {
    const RateCurve curve = rate_curve(*current, settings.quiet);
    std::cout << rate_table(curve);
    tell_doubts();
    if (settings.log) replace_file(*settings.log, as_csv(curve));
    if (settings.plot)
      replace_file(*settings.plot, as_svg(curve, text.net + ": " + settings.choice.optimizer + ", batch " +
                                                     std::to_string(settings.choice.batch)));
    return 0;
  }

  void report() {
    if (current->stopped > 0)
      std::cout << "stopped early after " << current->stopped << " epochs; the best was " << settings.patience
                << " epochs before\n";
    std::cout.flush();
    const std::vector<std::string> names = what_is_learnt();
    after = current->scores(material->train);
    const auto print = [&](const char* what, const Scores& scores, bool table) {
      if (scores.samples == 0) return;
      std::cout << line(what, scores) << error_table(scores, data.data.target_names);
      if (settings.confusion && table) std::cout << confusion_table(scores, names);
    };
    print("training", after, material->validate.empty() && material->test.empty());
    print("validation", current->scores(material->validate), true);
    print("test", current->scores(material->test), true);
    std::cout.flush();
    std::printf("checksum    %08x\n", nn::checksum(learner().parameters()));
    std::fflush(stdout);

    if (const auto doubt = doubt_of_learning(settings, *material, current->before, after, names)) doubts.push_back(*doubt);
  }

  // Names of the classes, or of the targets.
  std::vector<std::string> what_is_learnt() const {
    if (settings.of_numbers()) return data.data.target_names;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < classes; ++k) names.push_back(class_name(data.meaning.classes, k));
    return names;
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
            material->test.empty() && !material->validate.empty() ? "validation" : "test", !settings.of_numbers()};
  }

  void write_results() {
    auto& parameters = learner().parameters();
    if (settings.out) {
      typename Net::Input probe{};
      std::copy(train()[0].input.begin(), train()[0].input.end(), probe.begin());
      if (settings.for_training || !nn::folds<Net>) {
        replace_file(*settings.out, weights_header<Net>(text, parameters, material->normalization, probe, data.meaning));
      } else {
        HeaderText folded = text;
        folded.net = folded_name<Net>(text.net);
        replace_file(*settings.out, weights_header<nn::Folded<Net>>(folded, nn::fold<Net>(parameters), material->normalization,
                                                                    probe, data.meaning));
      }
    }
    if (settings.image)
      write_image<Net>(*settings.image, parameters, material->normalization, data.meaning, learner().int8_ranges());
    if (settings.log) replace_file(*settings.log, as_csv(current->history, subject()));
    if (settings.plot) replace_file(*settings.plot, as_svg(current->history, subject()));
  }

  TrainingData<Net, Loss, FrontEnd> data{settings};
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

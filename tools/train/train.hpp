// train: trains the network of a model.hpp on labelled data and writes its weights as a header.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <limits>
#include <memory>
#include <numeric>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/model/header.hpp"
#include "tools/model/image.hpp"
#include "tools/model/normalize.hpp"
#include "tools/model/tool_main.hpp"
#include "tools/model/usual_loss.hpp"
#include "tools/report/history.hpp"
#include "tools/report/progress.hpp"
#include "tools/results.hpp"
#include "tools/train/learner.hpp"
#include "tools/train/normalize.hpp"
#include "tools/train/settings.hpp"
#include "tools/train/shift.hpp"

namespace tools {

template <class Net, class Loss>
class Training {
 public:
  Training(int count, char** arguments, const HeaderText& defaults)
      : options{count, arguments, {"for-training", "confusion", "quiet", "help"}}, text{defaults} {
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
    auto write = [](std::string_view part) { std::cout << part; };
    if (!settings.quiet) nn::print_summary<Net>(write);
    const float before = learner->evaluate(watched()).loss;
    learn();
    refuse_divergence(before);
    report();
    write_results();
    finish();
    return 0;
  }

 protected:
  using Learner = tools::Learner<Net, Loss>;
  using Example = typename Learner::Example;
  using Number = typename Net::InputNumber;

  // For a program that does more than to train: its help and options, and what it does before each step and in the end.
  virtual std::string help() const { return train_help; }
  virtual void read_more_options() {}
  virtual void before_step() {}
  virtual void finish() {}

  Options options;
  HeaderText text;
  std::unique_ptr<Learner> learner;
  std::vector<Example> train;

 private:
  static std::string short_number(float value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%g", static_cast<double>(value));
    return buffer;
  }

  void read_options() {
    settings = read_settings(options, Net::layers);
    text.name = settings.name.value_or(text.name);
    random = nn::Random{settings.seed};
    if (settings.shift > 0 && Net::input_shape.height == 1)
      throw Failure{"--shift moves images; expected a network whose Input has a height and a width"};
    const LabelColumn label = label_column(options);
    for (const char* role : {"train", "test"})
      for (const char* form : {"", "-images", "-labels"}) options.text(std::string{role} + form);
    read_more_options();
    options.refuse_others();
    require_results(options, {"train", "train-images", "train-labels", "test", "test-images", "test-labels", "start"},
                    {"out", "image", "log", "plot"});
    auto source = read_source(options, "train", label);
    if (!source) throw Failure{"no training data; expected --train FILE or --train-images and --train-labels (see --help)"};
    train_data = std::move(*source);
    test_data = read_source(options, "test", label);
    keep_first(train_data, settings.count);
  }

  // The first `count` rows, or all for 0.
  static void keep_first(Dataset& data, std::size_t count) {
    if (count > data.size())
      throw Failure{data.name + ": has " + std::to_string(data.size()) + " rows; expected --count to be at most that"};
    if (count == 0) return;
    data.values.resize(count * data.features);
    data.labels.resize(count);
  }

  void prepare_data() {
    constexpr std::size_t classes = Answers<Net, Loss>::classes;
    require_fit(train_data, Net::inputs, classes);
    if (test_data) require_fit(*test_data, Net::inputs, classes);

    auto parameters = std::make_unique<typename Net::Parameters>();
    normalization = std::make_unique<nn::StoredNormalization<Net::inputs>>();
    if (settings.start) {
      read_image<Net>(*settings.start, *parameters, *normalization);
    } else {
      *normalization = find_normalization<Net::inputs>(settings.normalize, train_data);
      nn::Random draw{settings.seed};
      if (settings.initializer == "he") nn::initialize<Net>(*parameters, nn::He{}, draw);
      else nn::initialize<Net>(*parameters, nn::Glorot{}, draw);
    }
    learner = make_learner<Net, Loss>(settings.choice, *parameters, settings.seed);
    learner->freeze(settings.frozen);

    // The last of a shuffled order are set aside for validation.
    std::vector<std::size_t> order(train_data.size());
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
    const auto aside = static_cast<std::size_t>(settings.validation * static_cast<double>(order.size()));
    train = normalized_examples(train_data, std::span{order}.first(order.size() - aside), train_inputs);
    validate = normalized_examples(train_data, std::span{order}.last(aside), validate_inputs);
    if (settings.validation > 0 && validate.empty())
      throw Failure{train_data.name + ": no row is left for --validation; expected more rows or a larger fraction"};
    if (train.empty()) throw Failure{"no training data left; expected a smaller --validation"};
    if (test_data) {
      std::vector<std::size_t> all(test_data->size());
      std::iota(all.begin(), all.end(), 0);
      test = normalized_examples(*test_data, all, test_inputs);
    }
    train_data.values = {};  // as large as the examples made of it
    empty.resize(Net::inputs);
    normalize_row<Net::inputs, Number>(*normalization, std::vector<float>(Net::inputs), std::span<Number, Net::inputs>{empty});
  }

  std::vector<Example> normalized_examples(const Dataset& data, std::span<const std::size_t> order, std::vector<Number>& inputs) {
    inputs.resize(order.size() * Net::inputs);
    std::vector<Example> examples;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::span<Number, Net::inputs> x{inputs.data() + k * Net::inputs, Net::inputs};
      normalize_row<Net::inputs, Number>(*normalization, data.row(order[k]), x);
      examples.push_back({x, data.labels[order[k]]});
    }
    return examples;
  }

  void learn() {
    const std::size_t per_epoch = std::max<std::size_t>(1, train.size() / std::min(settings.choice.batch, train.size()));
    const std::size_t total = settings.iterations > 0 ? settings.iterations : settings.epochs * per_epoch;
    const std::size_t batch = std::min(settings.choice.batch, train.size());
    const std::size_t every = settings.log_every > 0 ? settings.log_every : per_epoch;
    const auto rate_at = [&](std::size_t iteration) { return scheduled_rate(settings, iteration, per_epoch, total); };

    Progress progress{total, settings.quiet};
    std::vector<Example> taken;
    std::vector<Number> moved(batch * Net::inputs);
    std::size_t next = train.size();
    double smooth_loss = 0;
    for (std::size_t iteration = 0; iteration < total; ++iteration) {
      if (next + batch > train.size()) {
        random.shuffle(train);
        next = 0;
      }
      const auto begin = train.begin() + static_cast<std::ptrdiff_t>(next);
      taken.assign(begin, begin + static_cast<std::ptrdiff_t>(batch));
      next += batch;
      for (std::size_t k = 0; settings.shift > 0 && k < batch; ++k) {
        const std::span<Number, Net::inputs> to{moved.data() + k * Net::inputs, Net::inputs};
        shift_image<Net::input_shape, Number>(taken[k].input, empty, to, settings.shift, random);
        taken[k].input = to;
      }

      before_step();
      const std::size_t done = iteration + 1;
      const float loss = learner->learn(taken, rate_at(iteration));
      if (!std::isfinite(loss))
        throw Failure{"training diverged: the loss is not finite at iteration " + std::to_string(done) + ", rate " +
                      short_number(rate_at(iteration)) + "; expected to learn at a lower --rate"};
      smooth_loss = iteration == 0 ? static_cast<double>(loss) : 0.98 * smooth_loss + 0.02 * static_cast<double>(loss);

      if (done % every == 0 || done == total)
        note(done, static_cast<double>(done) / static_cast<double>(per_epoch), static_cast<double>(rate_at(iteration)));
      char figures[80];
      const double seen = history.empty() ? 0 : 100 * history.back().test.value_or(history.back().training).accuracy;
      std::snprintf(figures, sizeof figures, "loss %.4f  accuracy %.2f %%", smooth_loss, seen);
      progress.show(done, figures);
      if (settings.patience > 0 && done % per_epoch == 0 && stop_early()) {
        std::cout << "stopped early after " << done / per_epoch << " epochs; the best was " << settings.patience
                  << " epochs before\n";
        break;
      }
    }
    if (best) learner->parameters() = *best;
  }

  // By what the course of training is followed: at most so many samples of the training data, which is in another order
  // each epoch, …
  std::span<const Example> watched() const {
    return std::span<const Example>{train}.first(std::min<std::size_t>(train.size(), settings.log_samples > 0 ? settings.log_samples : 10'000));
  }

  // … and of what is not learnt from.
  std::span<const Example> watched(const std::vector<Example>& others) const {
    return std::span<const Example>{others}.first(settings.log_samples > 0 ? std::min(others.size(), settings.log_samples) : others.size());
  }

  // Weights may be finite and yet useless: more than twice the loss of random ones.
  void refuse_divergence(float before) {
    const float after = learner->evaluate(watched()).loss;
    if (after > 2 * before + 1)
      throw Failure{"training diverged: the loss went from " + short_number(before) + " to " + short_number(after) +
                    "; expected it to fall, at a lower --rate"};
  }

  // Figures on some training data, and on all test data.
  void note(std::size_t iteration, double epoch, double now) {
    const auto on_train = learner->evaluate(watched());
    Moment moment{iteration, epoch, now, figures_of(on_train), std::nullopt};
    const auto& others = test.empty() ? validate : test;
    if (!others.empty()) moment.test = figures_of(learner->evaluate(watched(others)));
    history.push_back(moment);
  }

  // What the figures on data not learnt from were taken on.
  std::string unseen() const { return test.empty() && !validate.empty() ? "validation" : "test"; }

  static Figures figures_of(const nn::Evaluation<Net::outputs>& evaluation) {
    return {static_cast<double>(evaluation.loss), static_cast<double>(evaluation.right) / static_cast<double>(std::max(1u, evaluation.samples))};
  }

  bool stop_early() {
    const float loss = learner->evaluate(validate).loss;
    if (loss < best_loss) {
      best_loss = loss;
      best = std::make_unique<typename Net::Parameters>(learner->parameters());
      worse = 0;
      return false;
    }
    return ++worse >= settings.patience;
  }

  void report() {
    const auto print = [&](const char* name, const std::vector<Example>& examples) {
      if (examples.empty()) return;
      const auto evaluation = learner->evaluate(examples);
      std::printf("%-11s %6u samples   loss %.4f   accuracy %.2f %%\n", name, evaluation.samples, static_cast<double>(evaluation.loss),
                  100.0 * evaluation.right / evaluation.samples);
      if (!settings.confusion || &examples == &train) return;
      std::printf("rows: actual class, columns: predicted\n");
      for (const auto& row : evaluation.confusion) {
        for (std::uint32_t samples : row) std::printf("%6u", samples);
        std::printf("\n");
      }
    };
    std::cout.flush();
    print("training", train);
    print("validation", validate);
    print("test", test);
    std::printf("checksum    %08x\n", nn::checksum(learner->parameters()));
    std::fflush(stdout);
  }

  std::string title() const {
    return text.net + ": " + settings.choice.optimizer + ", rate " + short_number(settings.rate) + " " + settings.schedule + ", batch " +
           std::to_string(settings.choice.batch) + ", seed " + std::to_string(settings.seed);
  }

  void write_results() {
    if (!nn::is_finite(learner->parameters())) throw Failure{"training diverged: a weight is not finite; expected to learn at a lower --rate"};
    if (settings.out) {
      typename Net::Input probe{};
      std::copy(train[0].input.begin(), train[0].input.end(), probe.begin());
      if (settings.for_training || !nn::folds<Net>) {
        replace_file(*settings.out, weights_header<Net>(text, learner->parameters(), *normalization, probe));
      } else {
        HeaderText folded = text;
        folded.net = folded_name<Net>(text.net);
        replace_file(*settings.out, weights_header<nn::Folded<Net>>(folded, nn::fold<Net>(learner->parameters()), *normalization, probe));
      }
    }
    if (settings.image) write_image<Net>(*settings.image, learner->parameters(), *normalization);
    if (settings.log) replace_file(*settings.log, as_csv(history, unseen()));
    if (settings.plot) replace_file(*settings.plot, as_svg(history, title(), unseen()));
  }

  Settings settings;

  Dataset train_data;
  std::optional<Dataset> test_data;
  std::unique_ptr<nn::StoredNormalization<Net::inputs>> normalization;
  std::vector<Number> train_inputs, validate_inputs, test_inputs, empty;  // empty: an image of raw zeros
  std::vector<Example> validate, test;
  nn::Random random{1};
  History history;

  std::unique_ptr<typename Net::Parameters> best;
  float best_loss = std::numeric_limits<float>::infinity();
  std::size_t worse = 0;
};

template <class Net, class Loss = UsualLoss<Net>>
int train_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Training<Net, Loss>>(count, arguments, defaults);
}

}  // namespace tools

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
#include "tools/report/history.hpp"
#include "tools/report/progress.hpp"
#include "tools/train/header.hpp"
#include "tools/train/learner.hpp"
#include "tools/train/normalize.hpp"

namespace tools {

inline constexpr const char* train_help = R"(Trains a network and writes its weights as a C++ header.

data     --train FILE              CSV: numbers, then a class number
         --train-images FILE --train-labels FILE    IDX, as MNIST has it
         --test… likewise          for the final figures, the log and the plot
         --label first|last        column of the class number in CSV (last)
         --validation FRACTION     of the training data set aside (0)
         --normalize none|scale|standard    stored with the weights (scale)
         --shift PIXELS            moves each image at random by up to so many pixels (0)
length   --epochs N (10)  or  --iterations N    of one batch each
         --patience N              ends after N epochs without a better validation loss, keeps the best (off)
learning --batch N (32)  --seed N (1)  --rate R (0.1)  --decay L2 (0)
         --optimizer sgd|momentum|nesterov|rmsprop|adam (sgd)  --momentum M (0.9)
         --schedule constant|step|cosine (constant)  --step-epochs N (10)  --step-factor F (0.1)
         --initializer he|glorot (he)
         --start IMAGE             goes on from an image's parameters and normalization  --freeze N   leading layers
results  --out FILE.hpp            the weights header     --name NAMESPACE
         --image FILE              the parameter image
         --log FILE.csv  --plot FILE.svg    loss and accuracy in the course of training
         --log-every N             iterations between the log's rows (an epoch)
         --confusion               prints the confusion matrix     --quiet
)";

template <class Net, class Loss>
class Training {
  using Learner = tools::Learner<Net, Loss>;
  using Example = typename Learner::Example;
  using Activation = typename Net::Activation;

 public:
  Training(int count, char** arguments, const HeaderText& defaults) : options{count, arguments, {"confusion", "quiet", "help"}}, text{defaults} {
    text.command = command_line(count, arguments);
  }

  int run() {
    if (options.flag("help")) {
      std::cout << train_help;
      return 0;
    }
    read_options();
    prepare_data();
    auto write = [](std::string_view part) { std::cout << part; };
    if (!quiet) nn::print_summary<Net>(write);
    learn();
    report();
    write_results();
    return 0;
  }

 private:
  static std::string short_number(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", static_cast<double>(value));
    return text;
  }

  void read_options() {
    const LabelColumn label = label_column(options);
    auto source = read_source(options, "train", label);
    if (!source) throw Failure{"no training data; expected --train FILE or --train-images and --train-labels (see --help)"};
    train_data = std::move(*source);
    test_data = read_source(options, "test", label);
    validation = options.number("validation", 0, 0, 0.9);
    normalize = options.one_of("normalize", "scale", {"none", "scale", "standard"});
    shift = static_cast<int>(options.whole("shift", 0, 0, 8));
    if (shift > 0 && Net::input_shape.height == 1) throw Failure{"--shift moves images; expected a network whose Input has a height and a width"};
    epochs = options.whole("epochs", 10, 1, 1'000'000);
    iterations = options.whole("iterations", 0, 1, 1'000'000'000);
    patience = options.whole("patience", 0, 1, 1'000'000);
    if (patience > 0 && validation == 0) throw Failure{"--patience watches the validation loss; expected --validation FRACTION too"};
    choice.batch = options.whole("batch", 32, 1, 1'000'000);
    seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
    random = nn::Random{seed};
    rate = static_cast<float>(options.number("rate", 0.1, 0, 1000));
    choice.decay = static_cast<float>(options.number("decay", 0, 0, 1));
    choice.optimizer = options.one_of("optimizer", "sgd", {"sgd", "momentum", "nesterov", "rmsprop", "adam"});
    choice.momentum = static_cast<float>(options.number("momentum", 0.9, 0, 1));
    schedule = options.one_of("schedule", "constant", {"constant", "step", "cosine"});
    step_epochs = options.whole("step-epochs", 10, 1, 1'000'000);
    step_factor = static_cast<float>(options.number("step-factor", 0.1, 0, 1));
    initializer = options.one_of("initializer", "he", {"he", "glorot"});
    start = options.text("start");
    frozen = options.whole("freeze", 0, 0, Net::layers);
    out = options.text("out");
    text.name = options.text("name").value_or(text.name);
    image = options.text("image");
    log = options.text("log");
    plot = options.text("plot");
    log_every = options.whole("log-every", 0, 1, 1'000'000'000);
    confusion = options.flag("confusion");
    quiet = options.flag("quiet");
    options.refuse_others();
  }

  void prepare_data() {
    constexpr std::size_t classes = Answers<Net, Loss>::classes;
    require_fit(train_data, Net::inputs, classes);
    if (test_data) require_fit(*test_data, Net::inputs, classes);

    auto parameters = std::make_unique<typename Net::Parameters>();
    normalization = std::make_unique<nn::StoredNormalization<Net::inputs>>();
    if (start) {
      const std::string bytes = read_file(*start);
      const auto status = nn::Image<Net>::read(std::as_bytes(std::span{bytes}), *parameters, *normalization);
      if (status != nn::ImageStatus::ok) throw Failure{*start + ": " + std::string{nn::describe(status)}};
    } else {
      *normalization = find_normalization<Net::inputs>(normalize, train_data);
      nn::Random draw{seed};
      if (initializer == "he") nn::initialize<Net>(*parameters, nn::He{}, draw);
      else nn::initialize<Net>(*parameters, nn::Glorot{}, draw);
    }
    learner = make_learner<Net, Loss>(choice, *parameters, seed);
    learner->freeze(frozen);

    // The last of a shuffled order are set aside for validation.
    std::vector<std::size_t> order(train_data.size());
    std::iota(order.begin(), order.end(), 0);
    shuffle(order);
    const auto aside = static_cast<std::size_t>(validation * static_cast<double>(order.size()));
    train = normalized_examples(train_data, std::span{order}.first(order.size() - aside), train_inputs);
    validate = normalized_examples(train_data, std::span{order}.last(aside), validate_inputs);
    if (train.empty()) throw Failure{"no training data left; expected a smaller --validation"};
    if (test_data) {
      std::vector<std::size_t> all(test_data->size());
      std::iota(all.begin(), all.end(), 0);
      test = normalized_examples(*test_data, all, test_inputs);
    }
  }

  std::vector<Example> normalized_examples(const Dataset& data, std::span<const std::size_t> order, std::vector<Activation>& inputs) {
    inputs.resize(order.size() * Net::inputs);
    std::vector<Example> examples;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::span<Activation, Net::inputs> x{inputs.data() + k * Net::inputs, Net::inputs};
      normalize_row<Net::inputs, Activation>(*normalization, data.row(order[k]), x);
      examples.push_back({x, data.labels[order[k]]});
    }
    return examples;
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(static_cast<std::uint32_t>(i))]);
  }

  void learn() {
    const std::size_t per_epoch = std::max<std::size_t>(1, train.size() / std::min(choice.batch, train.size()));
    const std::size_t total = iterations > 0 ? iterations : epochs * per_epoch;
    const std::size_t batch = std::min(choice.batch, train.size());
    const std::size_t every = log_every > 0 ? log_every : per_epoch;
    const nn::Step step{rate, static_cast<std::uint32_t>(step_epochs * per_epoch), step_factor};
    const nn::Cosine cosine{rate, static_cast<std::uint32_t>(total)};
    const auto rate_at = [&](std::size_t iteration) {
      const auto t = static_cast<std::uint32_t>(iteration);
      return schedule == "step" ? step(t) : schedule == "cosine" ? cosine(t) : rate;
    };

    Progress progress{total, quiet};
    std::vector<Example> taken;
    std::vector<Activation> moved(batch * Net::inputs);
    std::size_t next = train.size();
    double smooth_loss = 0;
    for (std::size_t iteration = 0; iteration < total; ++iteration) {
      if (next + batch > train.size()) {
        shuffle(train);
        next = 0;
      }
      taken.assign(train.begin() + static_cast<std::ptrdiff_t>(next), train.begin() + static_cast<std::ptrdiff_t>(next + batch));
      next += batch;
      if (shift > 0)
        for (std::size_t k = 0; k < batch; ++k) taken[k].input = move_image(taken[k].input, std::span<Activation, Net::inputs>{moved.data() + k * Net::inputs, Net::inputs});

      const float loss = learner->learn(taken, rate_at(iteration));
      if (!std::isfinite(loss))
        throw Failure{"training diverged: the loss is not finite at iteration " + std::to_string(iteration + 1) + ", rate " + short_number(rate_at(iteration)) +
                      "; expected to learn at a lower --rate"};
      smooth_loss = iteration == 0 ? static_cast<double>(loss) : 0.98 * smooth_loss + 0.02 * static_cast<double>(loss);

      const std::size_t done = iteration + 1;
      if (done % every == 0 || done == total) note(done, static_cast<double>(done) / static_cast<double>(per_epoch), static_cast<double>(rate_at(iteration)));
      char figures[80];
      const double seen = history.empty() ? 0 : 100 * (history.back().test ? history.back().test->accuracy : history.back().training.accuracy);
      std::snprintf(figures, sizeof figures, "loss %.4f  accuracy %.2f %%", smooth_loss, seen);
      progress.show(done, figures);
      if (patience > 0 && done % per_epoch == 0 && stop_early()) {
        std::cout << "stopped early after " << done / per_epoch << " epochs; the best was " << patience << " epochs before\n";
        break;
      }
    }
    if (best) learner->parameters() = *best;
  }

  // A copy of an image moved by up to `shift` pixels each way; what comes in is what a raw 0 becomes.
  std::span<const Activation, Net::inputs> move_image(std::span<const Activation, Net::inputs> from, std::span<Activation, Net::inputs> to) {
    constexpr int height = static_cast<int>(Net::input_shape.height), width = static_cast<int>(Net::input_shape.width), channels = static_cast<int>(Net::input_shape.channels);
    const auto span = static_cast<std::uint32_t>(2 * shift + 1);
    const int down = static_cast<int>(random.below(span)) - shift, across = static_cast<int>(random.below(span)) - shift;
    const std::vector<float> zeros(Net::inputs);
    normalize_row<Net::inputs, Activation>(*normalization, zeros, to);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        if (y - down >= 0 && y - down < height && x - across >= 0 && x - across < width)
          for (int c = 0; c < channels; ++c)
            to[static_cast<std::size_t>((y * width + x) * channels + c)] = from[static_cast<std::size_t>(((y - down) * width + x - across) * channels + c)];
    return to;
  }

  // Figures on at most 10,000 samples of the training data, and on all test data.
  void note(std::size_t iteration, double epoch, double now) {
    const auto on_train = learner->evaluate(std::span<const Example>{train}.first(std::min<std::size_t>(train.size(), 10'000)));
    Moment moment{iteration, epoch, now, figures_of(on_train), std::nullopt};
    const auto& unseen = test.empty() ? validate : test;
    if (!unseen.empty()) moment.test = figures_of(learner->evaluate(unseen));
    history.push_back(moment);
  }

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
    return ++worse >= patience;
  }

  void report() {
    const auto print = [&](const char* name, const std::vector<Example>& examples) {
      if (examples.empty()) return;
      const auto evaluation = learner->evaluate(examples);
      std::printf("%-11s %6u samples   loss %.4f   accuracy %.2f %%\n", name, evaluation.samples, static_cast<double>(evaluation.loss),
                  100.0 * evaluation.right / evaluation.samples);
      if (!confusion || &examples == &train) return;
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
    return text.net + ": " + choice.optimizer + ", rate " + short_number(rate) + " " + schedule + ", batch " + std::to_string(choice.batch) +
           ", seed " + std::to_string(seed);
  }

  void write_results() {
    if (!nn::is_finite(learner->parameters())) throw Failure{"training diverged: a weight is not finite; expected to learn at a lower --rate"};
    if (out) {
      typename Net::Input probe{};
      std::copy(train[0].input.begin(), train[0].input.end(), probe.begin());
      replace_file(*out, weights_header<Net>(text, learner->parameters(), *normalization, probe));
    }
    if (image) {
      std::string bytes(nn::Image<Net>::size(normalization->count), '\0');
      const auto status = nn::Image<Net>::write(learner->parameters(), *normalization, std::as_writable_bytes(std::span{bytes}));
      if (status != nn::ImageStatus::ok) throw Failure{*image + ": " + std::string{nn::describe(status)}};
      replace_file(*image, bytes);
    }
    if (log) replace_file(*log, as_csv(history));
    if (plot) replace_file(*plot, as_svg(history, title()));
  }

  Options options;
  HeaderText text;
  LearnerChoice choice;
  std::uint32_t seed = 1;
  float rate = 0, step_factor = 0;
  double validation = 0;
  int shift = 0;
  std::size_t epochs = 0, iterations = 0, patience = 0, step_epochs = 0, log_every = 0, frozen = 0;
  std::string normalize, schedule, initializer;
  std::optional<std::string> start, out, image, log, plot;
  bool confusion = false, quiet = false;

  Dataset train_data;
  std::optional<Dataset> test_data;
  std::unique_ptr<nn::StoredNormalization<Net::inputs>> normalization;
  std::vector<Activation> train_inputs, validate_inputs, test_inputs;
  std::vector<Example> train, validate, test;
  nn::Random random{1};
  std::unique_ptr<Learner> learner;
  History history;

  std::unique_ptr<typename Net::Parameters> best;
  float best_loss = std::numeric_limits<float>::infinity();
  std::size_t worse = 0;
};

// The loss that a network's last layer asks for.
template <class Net>
using UsualLoss = std::conditional_t<std::is_same_v<typename Net::template Spec<Net::layers - 1>, nn::Sigmoid>, nn::BinaryCrossEntropy,
                                     std::conditional_t<std::is_same_v<typename Net::template Spec<Net::layers - 1>, nn::Softmax>, nn::CrossEntropy, nn::MeanSquaredError>>;

template <class Net, class Loss = UsualLoss<Net>>
int train_main(int count, char** arguments, const HeaderText& defaults) {
  try {
    const auto training = std::make_unique<Training<Net, Loss>>(count, arguments, defaults);
    return training->run();
  } catch (const std::exception& problem) {
    std::cerr << std::filesystem::path{arguments[0]}.filename().string() << ": " << problem.what() << '\n';
    return 1;
  }
}

}  // namespace tools

// Settings of a training, from the command line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "nn/schedule/schedule.hpp"
#include "tools/options.hpp"
#include "tools/train/learner.hpp"

namespace tools {

inline constexpr const char* train_help = R"(Trains a network and writes its weights as a C++ header.

data     --train FILE              CSV: numbers, then a class number
         --train-images FILE --train-labels FILE    IDX, as MNIST has it
         --test… likewise          for the final figures, the log and the plot
         --label first|last        column of the class number in CSV (last)
         --count N                 of the training data, the first N (all)
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
         --for-training            the header keeps each BatchNorm, for a device that learns on; else it is for inference,
                                   with each worked into the layer before it
         --image FILE              the parameter image, always as the network was trained
         --log FILE.csv  --plot FILE.svg    loss and accuracy in the course of training
         --log-every N             iterations between the log's rows (an epoch)
         --log-samples N           for each row, the first N of the training and of the test data (10000 and all)
         --confusion               prints the confusion matrix     --quiet
)";

struct Settings {
  std::size_t count;  // 0: all
  double validation;
  std::string normalize;
  int shift;
  std::size_t epochs, iterations, patience;  // 0 iterations: by epochs; 0 patience: to the end
  LearnerChoice choice;
  std::uint32_t seed;
  float rate;
  std::string schedule;
  std::size_t step_epochs;
  float step_factor;
  std::string initializer;
  std::optional<std::string> start;
  std::size_t frozen;
  std::optional<std::string> out, name, image, log, plot;
  std::size_t log_every;    // 0: once an epoch
  std::size_t log_samples;  // 0: as the help says
  bool for_training, confusion, quiet;
};

inline Settings read_settings(Options& options, std::size_t layers) {
  constexpr std::size_t many = 1'000'000'000;
  const auto real = [&](const char* name, double otherwise, double high) {
    return static_cast<float>(options.number(name, otherwise, 0, high));
  };
  Settings settings;
  settings.count = options.whole("count", 0, 1, many);
  settings.validation = options.number("validation", 0, 0, 0.9);
  settings.normalize = options.one_of("normalize", "scale", {"none", "scale", "standard"});
  settings.shift = static_cast<int>(options.whole("shift", 0, 0, 8));
  settings.epochs = options.whole("epochs", 10, 1, 1'000'000);
  settings.iterations = options.whole("iterations", 0, 1, many);
  settings.patience = options.whole("patience", 0, 1, many);
  settings.choice.batch = options.whole("batch", 32, 1, 1'000'000);
  settings.seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
  settings.rate = real("rate", 0.1, 1000);
  settings.choice.decay = real("decay", 0, 1);
  settings.choice.optimizer = options.one_of("optimizer", "sgd", {"sgd", "momentum", "nesterov", "rmsprop", "adam"});
  settings.choice.momentum = real("momentum", 0.9, 1);
  settings.schedule = options.one_of("schedule", "constant", {"constant", "step", "cosine"});
  settings.step_epochs = options.whole("step-epochs", 10, 1, 1'000'000);
  settings.step_factor = real("step-factor", 0.1, 1);
  settings.initializer = options.one_of("initializer", "he", {"he", "glorot"});
  settings.start = options.text("start");
  settings.frozen = options.whole("freeze", 0, 0, layers);
  settings.out = options.text("out");
  settings.name = options.identifier("name");
  settings.image = options.text("image");
  settings.log = options.text("log");
  settings.plot = options.text("plot");
  settings.log_every = options.whole("log-every", 0, 1, many);
  settings.log_samples = options.whole("log-samples", 0, 1, many);
  settings.for_training = options.flag("for-training");
  settings.confusion = options.flag("confusion");
  settings.quiet = options.flag("quiet");
  if (settings.patience > 0 && settings.validation == 0)
    throw Failure{"--patience watches the validation loss; expected --validation FRACTION too"};
  return settings;
}

// The learning rate of an iteration, of which there are `per_epoch` in an epoch and `total` in all.
inline float scheduled_rate(const Settings& settings, std::size_t iteration, std::size_t per_epoch, std::size_t total) {
  const auto step = static_cast<std::uint32_t>(iteration);
  if (settings.schedule == "step")
    return nn::Step{settings.rate, static_cast<std::uint32_t>(settings.step_epochs * per_epoch), settings.step_factor}(step);
  if (settings.schedule == "cosine") return nn::Cosine{settings.rate, static_cast<std::uint32_t>(total)}(step);
  return settings.rate;
}

}  // namespace tools

#include "tools/train/settings.hpp"

#include <algorithm>
#include <limits>

#include "nn/nn.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"

namespace tools {
namespace {

// What does nothing, or not what one would think, beside something else.
void refuse_idle_options(Options& options, const Settings& settings) {
  options.refuse_together("epochs", "iterations", "both say how long to train");
  options.refuse_together("normalize", "start", "both say how inputs are normalized, which the image does");
  options.refuse_together("initializer", "start", "both say with which weights to begin");
  options.refuse_together("normalize-target", "start", "both say how targets are normalized, which the image does");
  options.refuse_together("seeds", "folds", "each train many times");
  options.require_together("name", "out");
  options.require_together("for-training", "out");
  options.require_together("normalize-target", "target");
  for (const char* name : {"log-every", "log-samples"})
    if (options.has(name) && !options.has("log") && !options.has("plot"))
      throw Failure{std::string{"--"} + name + " is for --log and --plot; expected one of them"};
  const auto only_with = [&](std::initializer_list<const char*> names, const char* option, bool chosen,
                             const std::string& value) {
    for (const char* name : names)
      if (options.has(name) && !chosen)
        throw Failure{std::string{"--"} + name + " does nothing without --" + option + " " + value};
  };
  only_with({"step-epochs", "step-factor"}, "schedule", settings.schedule == "step", "step");
  only_with({"plateau-epochs", "plateau-factor", "restart"}, "schedule", settings.schedule == "plateau", "plateau");
  if (options.has("batch-norm") && settings.choice.batch == 1)
    throw Failure{"--batch-norm is for batches, and one sample is none; expected --batch of 2 or more"};
  only_with({"quantize-share", "quantize-rate"}, "quantize", settings.quantize, "int8");
  only_with({"momentum"}, "optimizer", settings.choice.optimizer == "momentum" || settings.choice.optimizer == "nesterov",
            "momentum or nesterov");
  if (settings.of_numbers())
    for (const char* name : {"confusion", "class-weights", "label-smoothing"})
      if (options.has(name))
        throw Failure{std::string{"--"} + name + " is for classes, not for numbers; expected it without --target"};
  if (settings.patience > 0 && settings.validation == 0)
    throw Failure{"--patience watches the validation loss; expected --validation FRACTION too"};
  if (settings.seed + settings.seeds > std::size_t{1} << 32)
    throw Failure{"--seeds go beyond 4294967295, the last seed; expected a smaller --seed"};
  if (settings.choice.threads > 1 && settings.choice.batch == 1)
    throw Failure{"--threads share a batch, and this one is of 1 sample; expected --batch 2 or more"};
  for (const char* many : {"seeds", "folds"})
    options.refuse_together(many, "threads", "do not go together, since each takes all cores");
  for (const char* many : {"seeds", "folds", "find-rate"}) {
    if (!options.has(many)) continue;
    for (const char* result : {"out", "image", "confusion"})
      options.refuse_together(many, result, "do not go together, since many networks or none are made");
  }
  for (const char* many : {"seeds", "folds"})
    for (const char* result : {"log", "plot"})
      options.refuse_together(many, result, "do not go together, since many networks are made");
  for (const char* name : {"seeds", "folds", "epochs", "iterations", "patience", "rate", "schedule", "warmup", "log-every",
                           "log-samples", "quantize"})
    options.refuse_together("find-rate", name, "do not go together, since the rate rises over a number of batches of its own");
  for (const char* test : {"test", "test-images", "test-x", "test-folder"})
    options.refuse_together("folds", test, "both say which rows are not learnt from");
}

// --snr 10 or --snr 5,20.
void read_ratio(Options& options, SoundVariation& variation) {
  options.require_together("noise", "snr");
  options.require_together("snr", "noise");
  const auto text = options.text("snr");
  if (!text) return;
  const std::vector<std::string> parts = parts_of(*text);
  const auto low = read_number(parts.front(), false).value, high = read_number(parts.back(), false).value;
  if (parts.size() > 2 || !low || !high || *low > *high || *low < -60 || *high > 120)
    throw Failure{"--snr is " + shown(*text) +
                  "; expected dB from -60 to 120, such as 10, or two between which it is drawn, such as 5,20"};
  variation.low = *low;
  variation.high = *high;
}

}  // namespace

Settings read_settings(Options& options, std::size_t layers) {
  constexpr std::size_t many = 1'000'000'000;
  constexpr float unlimited = std::numeric_limits<float>::infinity();
  const auto real = [&](const char* name, double otherwise, double high) {
    return static_cast<float>(options.number(name, otherwise, 0, high));
  };
  const auto limit = [&](const char* name) {
    return options.has(name) ? static_cast<float>(options.number(name, 1, 1e-6, 1e6)) : unlimited;
  };
  Settings settings;
  settings.columns = read_columns(options, true);
  settings.fill_missing = settings.columns.missing == Missing::kept;
  settings.count = options.whole("count", 0, 1, many);
  settings.validation = options.number("validation", 0, 0, 0.9);
  settings.normalize = options.one_of("normalize", "auto", {"auto", "none", "scale", "standard"});
  settings.normalize_target = options.one_of("normalize-target", "auto", {"auto", "none", "scale", "standard", "unit"});
  settings.shift = static_cast<int>(options.whole("shift", 0, 0, 8));
  settings.shift_ms = options.whole("shift-time", 0, 0, 10'000);
  settings.variation.gain = real("gain", 0, 60);
  settings.noise = options.text("noise");
  read_ratio(options, settings.variation);
  settings.epochs = options.whole("epochs", 10, 1, 1'000'000);
  settings.iterations = options.whole("iterations", 0, 1, many);
  settings.patience = options.whole("patience", 0, 1, many);
  settings.choice.batch = options.whole("batch", 32, 1, 1'000'000);
  settings.choice.normalizes_batches =
      options.one_of("batch-norm", "batch", {"batch", "running"}) == "batch" && settings.choice.batch > 1;
  settings.seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
  settings.rate = real("rate", 0.1, 1000);
  settings.choice.decay = real("decay", 0, 1);
  settings.choice.optimizer = options.one_of("optimizer", "sgd", {"sgd", "momentum", "nesterov", "rmsprop", "adam"});
  settings.choice.momentum = real("momentum", 0.9, 1);
  settings.choice.longest = limit("clip-norm");
  settings.choice.largest = limit("clip-value");
  settings.choice.smoothing = real("label-smoothing", 0, 0.9);
  settings.class_weights = options.text("class-weights").value_or("");
  settings.choice.threads = options.whole("threads", 1, 1, 256);
  settings.schedule = options.one_of("schedule", "constant", {"constant", "step", "cosine", "plateau"});
  settings.step_epochs = options.whole("step-epochs", 10, 1, 1'000'000);
  settings.step_factor = real("step-factor", 0.1, 1);
  settings.plateau_epochs = options.whole("plateau-epochs", 5, 1, 1'000'000);
  settings.plateau_factor = real("plateau-factor", 0.5, 1);
  settings.restart = options.flag("restart");
  settings.warmup = options.whole("warmup", 0, 1, many);
  settings.quantize = options.one_of("quantize", "none", {"none", "int8"}) == "int8";
  settings.quantize_share = options.number("quantize-share", 0.5, 0.01, 10);
  settings.quantize_rate = real("quantize-rate", 0.03, 10);
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
  settings.strict = options.flag("strict");
  settings.seeds = options.whole("seeds", 0, 2, 1000);
  settings.folds = options.whole("folds", 0, 2, 1000);
  settings.find_rate = options.flag("find-rate");
  refuse_idle_options(options, settings);
  return settings;
}

float scheduled_rate(const Settings& settings, std::size_t iteration, std::size_t per_epoch, std::size_t total) {
  const auto step = static_cast<std::uint32_t>(iteration),
             rising = static_cast<std::uint32_t>(std::min(settings.warmup, total - 1));
  const auto after_warmup = [&](auto schedule) {
    return rising > 0 ? nn::Warmup<decltype(schedule)>{schedule, rising}(step) : schedule(step);
  };
  if (settings.schedule == "step")
    return after_warmup(
        nn::Step{settings.rate, static_cast<std::uint32_t>(settings.step_epochs * per_epoch), settings.step_factor});
  if (settings.schedule == "cosine") return after_warmup(nn::Cosine{settings.rate, static_cast<std::uint32_t>(total) - rising});
  return after_warmup(nn::Constant{settings.rate});
}

}  // namespace tools

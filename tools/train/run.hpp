// Run: one training, from its first weights to its last.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/failure.hpp"
#include "tools/report/history.hpp"
#include "tools/report/progress.hpp"
#include "tools/report/scores.hpp"
#include "tools/report/short_number.hpp"
#include "tools/train/learner.hpp"
#include "tools/train/material.hpp"
#include "tools/train/settings.hpp"
#include "tools/train/shift.hpp"

namespace tools {

// What to expect of a training that diverged, whose largest |input| and |target| these are: a lower rate, unless they are so
// large that they are the reason.
std::string instead_of_divergence(std::pair<double, double> largest);

template <class Input, class Target>
class Run {
 public:
  using Example = tools::Example<Input, Target>;
  using Examples = std::span<const Example>;
  using Made = std::unique_ptr<Learner<Input, Target>>;

  // Makes the learner that goes on from a float one through the rounding of another arithmetic; nothing if all is learnt in one.
  using Rounds = std::function<Made(Learner<Input, Target>&, Examples, std::uint32_t seed)>;

  // `random` goes on from where the rows were dealt out.
  Run(const Settings& asked, Material<Input, Target>& from, const nn::Random& random_now, std::uint32_t seed_now, Made first,
      const Rounds& make_rounding);

  // The next batch at this rate; gives its loss.
  float step(float rate);

  void learn(const std::function<void()>& before_step, bool quiet, bool follow);

  // On some samples: classes, or errors in the unit of the targets.
  Scores scores(Examples examples);

  Made learner;
  History history;
  Scores before;            // on training data
  std::size_t stopped = 0;  // after so many epochs, early

 private:
  // Of data by which the course of training is followed, at most so many: those of training data are in another order each epoch.
  Examples watched(const std::vector<Example>& examples, std::size_t most) const {
    return std::span{examples}.first(std::min(examples.size(), settings.log_samples > 0 ? settings.log_samples : most));
  }

  void note(std::size_t done, double rate);
  std::string figures(double smooth_loss) const;

  // From the best weights in float, if they were looked for.
  void begin_rounding();

  // Whether patience has come to an end.
  bool keep_if_best(float loss);

  // Weights may be finite and yet useless: more than twice the loss of random ones.
  void refuse_divergence();

  const Settings& settings;
  Material<Input, Target>& material;
  nn::Random random;
  std::uint32_t seed;
  Rounds rounds;
  std::size_t batch, per_epoch, total, next;
  std::size_t exact;  // iterations before the rounding begins
  std::vector<Example> taken;
  std::vector<Input> moved;

  float loss_before = 0;
  float best_loss = std::numeric_limits<float>::infinity();
  std::size_t worse = 0;
};

template <class Input, class Target>
Run<Input, Target>::Run(const Settings& asked, Material<Input, Target>& from, const nn::Random& random_now,
                        std::uint32_t seed_now, Made first, const Rounds& make_rounding)
    : learner{std::move(first)}, settings{asked}, material{from}, random{random_now}, seed{seed_now}, rounds{make_rounding} {
  learner->freeze(settings.frozen);
  batch = std::min(settings.choice.batch, material.train.size());
  per_epoch = std::max<std::size_t>(1, material.train.size() / batch);
  total = settings.iterations > 0 ? settings.iterations : settings.epochs * per_epoch;
  exact = total;
  if (rounds) total += std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(total) * settings.quantize_share));
  next = material.train.size();
  moved.resize(batch * material.input.size());
}

template <class Input, class Target>
float Run<Input, Target>::step(float rate) {
  if (next + batch > material.train.size()) {
    random.shuffle(material.train);
    next = 0;
  }
  const auto begin = material.train.begin() + static_cast<std::ptrdiff_t>(next);
  taken.assign(begin, begin + static_cast<std::ptrdiff_t>(batch));
  next += batch;
  const std::size_t inputs = material.input.size();
  for (std::size_t k = 0; (settings.shift > 0 || settings.variation.any()) && k < batch; ++k) {
    const std::span<Input> to = std::span{moved}.subspan(k * inputs, inputs);
    if (settings.shift > 0)
      shift_image<Input>(material.input, taken[k].input, material.empty, to, settings.shift, random);
    else
      material.vary(taken[k], settings.variation, to, random);
    taken[k].input = to;
  }
  return learner->learn(taken, rate);
}

template <class Input, class Target>
void Run<Input, Target>::learn(const std::function<void()>& before_step, bool quiet, bool follow) {
  before = follow ? scores(watched(material.train, 10'000)) : Scores{};
  loss_before = learner->loss(watched(material.train, 10'000));
  const std::size_t every = settings.log_every > 0 ? settings.log_every : per_epoch;
  nn::Plateau plateau{.rate = settings.rate,
                      .patience = static_cast<std::uint32_t>(settings.plateau_epochs),
                      .factor = settings.plateau_factor};
  const bool plateaus = settings.schedule == "plateau";
  double smooth_loss = 0, epoch_loss = 0;
  Progress progress{total, quiet};
  for (std::size_t iteration = 0; iteration < total; ++iteration) {
    if (iteration == exact) begin_rounding();
    float rate = iteration < exact
                     ? scheduled_rate(settings, iteration, per_epoch, exact)
                     : scheduled_rate(settings, iteration - exact, per_epoch, total - exact) * settings.quantize_rate;
    if (plateaus) rate = std::min(rate, plateau.rate);
    before_step();
    const std::size_t done = iteration + 1;
    const float loss = step(rate);
    if (!std::isfinite(loss) || learner->refused() > 0)
      throw Failure{"training diverged: the loss or its gradient is not finite, or beyond 2^40, at iteration " +
                    std::to_string(done) + ", rate " + short_number(static_cast<double>(rate)) + "; " +
                    instead_of_divergence(material.largest())};
    smooth_loss = iteration == 0 ? static_cast<double>(loss) : 0.98 * smooth_loss + 0.02 * static_cast<double>(loss);
    epoch_loss += static_cast<double>(loss) / static_cast<double>(per_epoch);

    if (follow && (done % every == 0 || done == total)) note(done, static_cast<double>(rate));
    if (!quiet) progress.show(done, figures(smooth_loss));
    if (done % per_epoch != 0) continue;
    const float watched_loss = material.validate.empty()           ? static_cast<float>(epoch_loss)
                               : settings.patience > 0 || plateaus ? learner->loss(material.validate)
                                                                   : 0;
    epoch_loss = 0;
    if ((settings.patience > 0 || settings.restart) && keep_if_best(watched_loss) && settings.patience > 0) {
      if (done < exact && exact < total) {
        iteration = exact - 1;  // rounding begins early
        continue;
      }
      stopped = done / per_epoch;
      break;
    }
    if (plateaus && plateau.stalls(watched_loss) && settings.restart) learner->restore();
  }
  learner->restore();
  refuse_divergence();
}

template <class Input, class Target>
Scores Run<Input, Target>::scores(Examples examples) {
  if (!settings.of_numbers()) return learner->evaluate(examples);
  Scores result;
  result.samples = examples.size();
  result.loss = static_cast<double>(learner->loss(examples));
  result.errors.resize(material.target_columns.empty() ? material.input.size() : material.target_columns.size());
  learner->infer(examples, [&](const Example& example, std::span<const float> y) {
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double error =
          material.targets.undone(static_cast<double>(y[i]), i) - static_cast<double>(example.wanted[i]);
      result.errors[i].squares += error * error / static_cast<double>(examples.size());
      result.errors[i].sizes += std::abs(error) / static_cast<double>(examples.size());
    }
  });
  return result;
}

template <class Input, class Target>
void Run<Input, Target>::note(std::size_t done, double rate) {
  const auto of = [&](Examples examples) {
    const Scores now = scores(examples);
    return Figures{now.loss, now.figure()};
  };
  Moment moment{done, static_cast<double>(done) / static_cast<double>(per_epoch), rate, of(watched(material.train, 10'000)),
                std::nullopt};
  const auto& others = material.test.empty() ? material.validate : material.test;
  if (!others.empty()) moment.test = of(watched(others, others.size()));
  history.push_back(moment);
}

template <class Input, class Target>
std::string Run<Input, Target>::figures(double smooth_loss) const {
  char text[80];
  const double seen = history.empty() ? 0 : history.back().test.value_or(history.back().training).figure;
  if (settings.of_numbers())
    std::snprintf(text, sizeof text, "loss %.4f  RMSE %.5g", smooth_loss, seen);
  else
    std::snprintf(text, sizeof text, "loss %.4f  accuracy %.2f %%", smooth_loss, 100 * seen);
  return text;
}

template <class Input, class Target>
void Run<Input, Target>::begin_rounding() {
  learner->restore();
  learner = rounds(*learner, material.train, seed);
  learner->freeze(settings.frozen);
  best_loss = std::numeric_limits<float>::infinity();
  worse = 0;
}

template <class Input, class Target>
bool Run<Input, Target>::keep_if_best(float loss) {
  if (loss < best_loss) {
    best_loss = loss;
    learner->keep();
    worse = 0;
    return false;
  }
  return ++worse >= settings.patience;
}

template <class Input, class Target>
void Run<Input, Target>::refuse_divergence() {
  const float after = learner->loss(watched(material.train, 10'000));
  if (after > 2 * loss_before + 1 || !std::isfinite(after))
    throw Failure{"training diverged: the loss went from " + short_number(static_cast<double>(loss_before)) + " to " +
                  short_number(static_cast<double>(after)) + "; " + instead_of_divergence(material.largest())};
}

extern template class Run<float, float>;

}  // namespace tools

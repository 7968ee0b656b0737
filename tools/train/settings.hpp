// Settings of a training, from the command line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/data/csv.hpp"
#include "tools/options.hpp"
#include "tools/train/learner_choice.hpp"
#include "tools/train/sound_variation.hpp"

namespace tools {

struct Settings {
  Columns columns;
  std::size_t count;  // 0: all
  double validation;
  std::string normalize, normalize_target;
  bool fill_missing;  // with the column's mean
  int shift;  // of images
  std::size_t shift_ms;
  std::optional<std::string> noise;
  SoundVariation variation;  // what takes the rate and the noises themselves is filled in once they are known
  std::size_t epochs, iterations, patience;  // 0 iterations: by epochs; 0 patience: to the end
  LearnerChoice choice;
  std::string class_weights;
  std::uint32_t seed;
  float rate;
  std::string schedule;
  std::size_t step_epochs, plateau_epochs, warmup;
  float step_factor, plateau_factor;
  bool restart;
  bool quantize;          // behind the training, …
  double quantize_share;  // … as much again times this goes through the rounding of int8
  float quantize_rate;    // by which the rate is multiplied there
  std::string initializer;
  std::optional<std::string> start;
  std::size_t frozen;
  std::optional<std::string> out, name, image, log, plot;
  std::size_t log_every;    // 0: once an epoch
  std::size_t log_samples;  // 0: as the help says
  bool for_training, confusion, quiet, strict;
  std::size_t seeds, folds;  // 0: neither
  bool find_rate;

  // What is learnt: numbers, or else classes.
  bool of_numbers() const { return columns.target_is_input || !columns.targets.empty(); }
};

// Of a network with so many layers. Throws Failure, also of what does nothing beside something else.
Settings read_settings(Options& options, std::size_t layers);

// The learning rate of an iteration, of which there are `per_epoch` in an epoch and `total` in all; that of a plateau is not
// known beforehand, here it is the first.
float scheduled_rate(const Settings& settings, std::size_t iteration, std::size_t per_epoch, std::size_t total);

}  // namespace tools

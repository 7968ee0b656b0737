// Data augmentation of sounds: moved in time, louder or softer, with noise.
#pragma once

#include <cstddef>
#include <vector>

#include "nn/random.hpp"
#include "tools/data/sound_folder.hpp"

namespace tools {

struct SoundVariation {
  std::size_t shift = 0;                  // samples, at most, earlier or later
  float gain = 0;                         // dB, at most, up or down
  std::vector<std::vector<float>> noise;  // none: nothing is added
  float low = 0, high = 0;                // dB of signal to noise, drawn between them

  bool any() const { return shift > 0 || gain > 0 || !noise.empty(); }

  // What is heard for a row, varied.
  std::vector<float> of(const Clips& clips, std::size_t row, nn::Random& random) const;

 private:
  // A piece of one of the noises, from any place on; one that is shorter is repeated. Silence gets none.
  void add_noise(std::vector<float>& samples, nn::Random& random) const;
};

}  // namespace tools

// A folder with a folder of sounds for each class, which has the class's name. A row is what a front end makes of a window of a
// clip: as many samples as it takes until it gives something, from its reset on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tools/data/dataset.hpp"

namespace tools {

// A model's own front end.
struct ClipFeatures {
  std::uint32_t rate;    // samples a second
  std::size_t window;    // samples
  std::size_t features;  // that it makes of a window
  // Of a window's samples, of which ±1 is full scale. May be called by several threads.
  std::function<void(std::span<const float>, std::span<float>)> compute;
};

// What the rows of a dataset were made of.
struct Clips {
  struct Place {
    std::size_t clip, begin;
  };
  std::shared_ptr<const ClipFeatures> front_end;
  std::vector<std::vector<float>> samples;
  std::vector<Place> rows;

  // The samples of a row, `later` ones instead; beyond the ends of its clip there is silence.
  std::vector<float> window(std::size_t row, std::ptrdiff_t later = 0) const;
};

// All WAV files, in the order of the names of classes and files. A clip is cut into windows, of which each is a row; a shorter
// one is followed by silence. Throws Failure: of a rate that is not the front end's, of other sound files than WAV.
Dataset read_sound_folder(const std::string& folder, const std::shared_ptr<const ClipFeatures>& front_end);

// The WAV files that lie in a folder itself, in the order of their names, of this rate. Throws Failure if there are none.
std::vector<std::vector<float>> read_sounds(const std::string& folder, std::uint32_t rate);

}  // namespace tools

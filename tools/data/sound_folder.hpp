// A folder with a folder of sounds for each class, which has the class's name. A row is what a front end makes of a window of a
// clip: as many samples as it takes until it gives something. Windows lie one behind the other, the last at the clip's end; as on
// a stream, a front end has heard what is before its window, up to two seconds of it.
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
  std::size_t window;    // samples until it gives something
  std::size_t hop;       // samples until it does so again
  std::size_t features;
  // What it gives last of these samples, of which ±1 is full scale. May be called by several threads.
  std::function<void(std::span<const float>, std::span<float>)> compute;
};

// What the rows of a dataset were made of.
struct Clips {
  struct Place {
    std::size_t clip, begin;  // of what is heard: some hops, then the window
    std::size_t count;
  };
  std::shared_ptr<const ClipFeatures> front_end;
  std::vector<std::vector<float>> samples;
  std::vector<Place> rows;

  // What is heard for a row, or the same of `later` samples; beyond the ends of its clip there is silence.
  std::vector<float> heard(std::size_t row, std::ptrdiff_t later = 0) const;
};

// All WAV files, in the order of the names of classes and files. A clip shorter than a window is followed by silence. Throws
// Failure: of a rate that is not the front end's, of other sound files than WAV, of sounds in no class's folder, or a class of
// none.
Dataset read_sound_folder(const std::string& folder, const std::shared_ptr<const ClipFeatures>& front_end);

// The WAV files that lie in a folder itself, in the order of their names, of this rate.
// Throws Failure if there are none, or one is silent.
std::vector<std::vector<float>> read_sounds(const std::string& folder, std::uint32_t rate);

}  // namespace tools

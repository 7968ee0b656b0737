// The front ends by name, for host programs: what they make of a clip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/data/wav.hpp"

namespace tools {

// Features of every frame, one row behind the other.
struct Features {
  std::size_t columns = 0;
  std::vector<float> values;
  std::string raw;  // the same as the front end has them, little-endian
};

struct FrontEnd {
  std::string name;
  std::string format;      // of the features: "uint16"
  std::string explanation;
  std::uint32_t rate;      // samples a second
  std::size_t window;      // samples of a frame
  std::size_t step;        // from frame to frame
  Features (*features)(const std::vector<float>& samples);
  Features (*codes)(const std::vector<float>& samples);  // int8, as the model gets them
};

const std::vector<FrontEnd>& front_ends();

// Throws Failure, with the names there are.
const FrontEnd& front_end(const std::string& name);

}  // namespace tools

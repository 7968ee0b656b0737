// Dataset: labelled rows of raw numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tools {

struct Dataset {
  std::string name;            // of the file the rows come from, for messages
  std::size_t features = 0;
  std::vector<float> values;   // rows one behind the other
  std::vector<std::uint32_t> labels;

  std::size_t size() const { return labels.size(); }
  std::span<const float> row(std::size_t i) const { return std::span{values}.subspan(i * features, features); }
};

}  // namespace tools

#include "tools/train/class_weights.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"

namespace tools {

std::vector<float> class_weights(const std::string& asked, const Dataset& data, std::size_t classes) {
  std::vector<float> weights;
  if (asked == "balanced") {
    std::vector<double> samples(classes);
    for (std::uint32_t label : data.labels) ++samples[label];
    const auto occur = static_cast<double>(std::count_if(samples.begin(), samples.end(), [](double n) { return n > 0; }));
    for (double n : samples) weights.push_back(n > 0 ? static_cast<float>(static_cast<double>(data.size()) / (occur * n)) : 0);
  } else if (!asked.empty()) {
    for (const std::string& part : parts_of(asked)) {
      const auto weight = read_number(part, false).value;
      if (!weight || *weight < 0 || *weight > 1e6f)
        throw Failure{"--class-weights holds " + shown(part) +
                      "; expected balanced, or a number from 0 to 1000000 for each class, separated by commas"};
      weights.push_back(*weight);
    }
    if (weights.size() != classes)
      throw Failure{"--class-weights has " + std::to_string(weights.size()) + " numbers; expected " + std::to_string(classes) +
                    ", one for each class"};
    if (std::none_of(data.labels.begin(), data.labels.end(), [&](std::uint32_t label) { return weights[label] > 0; }))
      throw Failure{"--class-weights holds 0 for every class that occurs; expected a number above 0 for one at least"};
  }
  return weights;
}

}  // namespace tools

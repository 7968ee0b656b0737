#include "tools/pytorch/input_normalization.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "tools/data/failure.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/text.hpp"

namespace tools::pytorch {
namespace {

std::vector<float> number_list(Options& options, const std::string& name) {
  const auto list = options.text(name);
  std::vector<float> numbers;
  for (std::size_t at = 0; list && at <= list->size();) {
    const std::size_t end = std::min(list->find(',', at), list->size());
    const auto value = read_number(list->substr(at, end - at), false).value;
    if (!value) throw Failure{"--" + name + " is \"" + *list + "\"; expected numbers with commas between them"};
    numbers.push_back(*value);
    at = end + 1;
  }
  return numbers;
}

}  // namespace

Normalization input_normalization(Options& options, nn::Shape input) {
  const std::size_t channels = input.channels, inputs = input.size();
  const std::vector<float> means = number_list(options, "mean"), deviations = number_list(options, "std");
  options.require_together("mean", "std");
  options.require_together("std", "mean");
  Normalization made;
  if (means.empty()) return made;
  if (means.size() != deviations.size() || (means.size() != 1 && means.size() != channels && means.size() != inputs))
    throw Failure{text("--mean has ", means.size(), " numbers and --std ", deviations.size(),
                       "; expected one each, one for each of ", channels, " channels, or for each of ", inputs, " inputs")};
  for (std::size_t i = 0; i < (means.size() == 1 ? 1 : inputs); ++i) {
    const float deviation = deviations[i % deviations.size()];
    if (!(deviation > 0) || !(1 / deviation < 1e30f))
      throw Failure{text("--std holds ", deviation, "; expected numbers above 0")};
    made.mean.push_back(means[i % means.size()]);
    made.scale.push_back(1 / deviation);
  }
  return made;
}

}  // namespace tools::pytorch

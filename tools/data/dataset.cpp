#include "tools/data/dataset.hpp"

#include "tools/data/failure.hpp"

namespace tools {

void keep_first(Dataset& data, std::size_t count) {
  if (count > data.size())
    throw Failure{data.name + ": has " + std::to_string(data.size()) + " rows; expected --count to be at most that"};
  data.values.resize(count * data.features);
  data.target_values.resize(count * data.targets);
  if (!data.labels.empty()) data.labels.resize(count);
}

}  // namespace tools

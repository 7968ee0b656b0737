#include "tools/data/dataset.hpp"

#include <numeric>

#include "tools/data/failure.hpp"

namespace tools {

void keep_first(Dataset& data, std::size_t count) {
  if (count > data.size())
    throw Failure{data.name + ": has " + std::to_string(data.size()) + " rows; expected --count to be at most that"};
  data.values.resize(count * data.features);
  data.target_values.resize(count * data.targets);
  if (!data.labels.empty()) data.labels.resize(count);
}

std::vector<std::size_t> all_rows(const Dataset& data) {
  std::vector<std::size_t> rows(data.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

}  // namespace tools

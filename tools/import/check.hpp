// Check: a network against inputs and outputs that another implementation wrote.
#pragma once

#include <string>
#include <vector>

#include "tools/import/network.hpp"

namespace tools::importer {

// Files of cases back to back, one for each input and output. Prints the count of outputs that differ; false if any does.
bool check(const Network& network, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs);

}  // namespace tools::importer

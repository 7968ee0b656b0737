// The generated header: a network as a type, with its constants, one probe and its answer.
#pragma once

#include <string>

#include "tools/import/network.hpp"

namespace tools::importer {

std::string header(const Network& network, const std::string& name, const std::string& model, const std::string& command);

}  // namespace tools::importer

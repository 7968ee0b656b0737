// The workspace of a network as a picture: its operators from left to right, bytes from below, and a box for everything that
// lives there.
#pragma once

#include <string>

#include "tools/import/network.hpp"

namespace tools::importer {

// An SVG.
std::string plan_picture(const Network& network, const std::string& name);

}  // namespace tools::importer

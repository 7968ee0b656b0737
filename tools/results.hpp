// The files that a command writes: none may replace what it reads, or another of them, and all must be writable, which is
// found out before long work.
#pragma once

#include <string>
#include <vector>

#include "tools/options.hpp"

namespace tools {

void require_results(const std::vector<std::string>& read, const std::vector<std::string>& written);

// By the names of the options that name the files.
void require_results(Options& options, const std::vector<std::string>& read, const std::vector<std::string>& written);

}  // namespace tools

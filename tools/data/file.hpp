// Files, whole: read at once, and written beside their place, NAME.new, and then renamed, so that none is ever half written.
#pragma once

#include <string>
#include <string_view>

#include "tools/data/failure.hpp"

namespace tools {

// Throws Failure, as all of these do.
std::string read_file(const std::string& name);

// Throws unless replace_file could write there; to be asked before long work.
void require_writable(const std::string& name);

void replace_file(const std::string& name, std::string_view content);

}  // namespace tools

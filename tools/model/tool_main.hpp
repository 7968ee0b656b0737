// main() of a tool of one network: runs it, or says in one sentence why it cannot.
#pragma once

#include <functional>
#include <memory>

#include "tools/model/header.hpp"

namespace tools {

// What run gives, or 1 if it throws.
int run_or_say_why_not(const char* program, const std::function<int()>& run);

template <class Tool>
int tool_main(int count, char** arguments, const HeaderText& defaults) {
  return run_or_say_why_not(arguments[0], [&] { return std::make_unique<Tool>(count, arguments, defaults)->run(); });
}

}  // namespace tools

// main() of a tool of one network: runs it, or says in one sentence why it cannot.
#pragma once

#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>

#include "tools/model/header.hpp"

namespace tools {

template <class Tool>
int tool_main(int count, char** arguments, const HeaderText& defaults) {
  try {
    return std::make_unique<Tool>(count, arguments, defaults)->run();
  } catch (const std::exception& problem) {
    std::cerr << std::filesystem::path{arguments[0]}.filename().string() << ": " << problem.what() << '\n';
    return 1;
  }
}

}  // namespace tools

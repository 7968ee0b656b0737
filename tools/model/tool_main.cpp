#include "tools/model/tool_main.hpp"

#include <exception>
#include <filesystem>
#include <iostream>

namespace tools {

int run_or_say_why_not(const char* program, const std::function<int()>& run) {
  try {
    return run();
  } catch (const std::exception& problem) {
    std::cerr << std::filesystem::path{program}.filename().string() << ": " << problem.what() << '\n';
    return 1;
  }
}

}  // namespace tools

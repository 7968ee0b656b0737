// Failure: what is wrong, in which file, and what was expected, as one sentence for the user. main() prints it and ends
// with status 1.
#pragma once

#include <stdexcept>
#include <string>

namespace tools {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// "file: what is wrong; expected …"
inline Failure failure(const std::string& file, const std::string& wrong, const std::string& expected) {
  return Failure{file + ": " + wrong + "; expected " + expected};
}

}  // namespace tools

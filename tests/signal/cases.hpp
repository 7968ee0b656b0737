// Cases of audio front ends: a folder of inputs and outputs of other programs, raw and little-endian. It is no part of this project.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "expect.hpp"

namespace cases {

inline std::string folder = FRONTEND_CASES;

// All of a file; nothing of one that there is not.
template <class Number>
std::vector<Number> read(const std::string& name) {
  std::ifstream stream{folder + "/" + name, std::ios::binary};
  std::ostringstream content;
  content << stream.rdbuf();
  const std::string bytes = content.str();
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
  return numbers;
}

// Lines of numbers.
inline std::vector<std::vector<double>> read_text(const std::string& name) {
  std::ifstream stream{folder + "/" + name};
  std::vector<std::vector<double>> lines;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words{line};
    lines.emplace_back();
    for (std::string word; words >> word;)
      if (word != "hann" && word != "int16") lines.back().push_back(std::stod(word));
  }
  return lines;
}

// Expects equal numbers, and some, and prints how many there were.
template <class Found, class Expected>
void compare(const std::string& name, const std::vector<Found>& found, const std::vector<Expected>& expected) {
  std::size_t differ = found.size() > expected.size() ? found.size() - expected.size() : expected.size() - found.size();
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) differ += static_cast<Expected>(found[i]) != expected[i];
  nn::print(console::write, name.c_str(), ": ", differ, " of ", expected.size(), " differ\n");
  expect(differ == 0);
  expect(!expected.empty());
}

// The clips of a folder: the names of its files with this ending, without it.
inline std::vector<std::string> names(const std::string& of, const std::string& ending) {
  std::vector<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator{folder + "/" + of})
    if (const std::string name = entry.path().filename().string(); name.ends_with(ending)) all.push_back(name.substr(0, name.size() - ending.size()));
  return all;
}

}  // namespace cases

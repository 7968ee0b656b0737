// A case: a folder of raw float64 files and a meta.txt whose first line says what it is. A missing file ends the program.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

struct Case {
  std::filesystem::path folder;
  std::string what;

  explicit Case(const std::filesystem::path& path) : folder{path} { std::getline(open("meta.txt"), what); }

  bool has(const std::string& name) const { return std::filesystem::exists(folder / (name + ".bin")); }

  template <class Number = double>
  std::vector<Number> read(const std::string& name) const {
    std::ifstream file = open(name + ".bin");
    file.seekg(0, std::ios::end);
    std::vector<Number> numbers(static_cast<std::size_t>(file.tellg()) / sizeof(Number));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
    return numbers;
  }

  // The number before `word` in what the case is, such as 5 of "5 steps".
  std::size_t count(const std::string& word) const {
    const std::size_t end = what.find(word);
    const std::size_t begin = end == std::string::npos ? end : what.find_last_of(' ', end - 2);
    return begin == std::string::npos ? 0 : std::stoul(what.substr(begin));
  }

 private:
  std::ifstream open(const std::string& name) const {
    std::ifstream file{folder / name, std::ios::binary};
    if (file) return file;
    std::printf("%s: missing\n", (folder / name).c_str());
    std::exit(1);
  }
};

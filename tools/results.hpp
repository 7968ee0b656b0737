// The files that a command writes: none may replace what it reads, or another of them, and all must be writable, which is
// found out before long work.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tools/data/file.hpp"
#include "tools/options.hpp"

namespace tools {

// By the names of the options that name the files.
inline void require_results(Options& options, const std::vector<std::string>& read, const std::vector<std::string>& written) {
  const auto place = [](const std::string& name) { return std::filesystem::weakly_canonical(std::filesystem::absolute(name)); };
  std::set<std::filesystem::path> taken;
  for (const std::string& name : read)
    if (const auto file = options.text(name)) taken.insert(place(*file));
  for (const std::string& name : written) {
    const auto file = options.text(name);
    if (file && !taken.insert(place(*file)).second)
      throw failure(*file, "would be written over another file of this command", "a name of its own for each result");
  }
  for (const std::string& name : written)
    if (const auto file = options.text(name)) require_writable(*file);
}

}  // namespace tools

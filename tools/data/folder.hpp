// What lies in a folder, in the order of the names; hidden things are passed over.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace tools {

inline std::vector<std::filesystem::path> sorted_entries(const std::filesystem::path& folder, bool folders) {
  std::vector<std::filesystem::path> found;
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator{folder})
    if (entry.is_directory() == folders && !entry.path().filename().string().starts_with('.')) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

// ".wav" of "A.WAV".
inline std::string ending_of(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return ending;
}

}  // namespace tools

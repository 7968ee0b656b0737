#include "tools/data/folder.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"

namespace tools {

std::vector<std::filesystem::path> sorted_entries(const std::filesystem::path& folder, bool folders) {
  std::vector<std::filesystem::path> found;
  for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator{folder})
    if (entry.is_directory() == folders && !entry.path().filename().string().starts_with('.')) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string ending_of(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return ending;
}

std::vector<ClassFolder> class_folders(const std::filesystem::path& folder, const std::string& kind,
                                       const std::string& endings, const FilesOf& files_of) {
  const auto refuse = [&](const std::filesystem::path& place, const std::string& what, const std::string& expected) {
    if (const auto found = files_of(place); !found.empty()) throw failure(found.front().string(), what, expected);
  };
  std::vector<ClassFolder> classes;
  std::filesystem::path empty;
  for (const std::filesystem::path& of_class : sorted_entries(folder, true)) {
    const std::string name = of_class.filename().string();
    ClassFolder found{name, files_of(of_class)};
    for (const std::filesystem::path& within : sorted_entries(of_class, true))
      refuse(within, "lies in a folder within that of class \"" + name + "\"", kind + " in the folder of their class itself");
    if (!found.files.empty()) classes.push_back(std::move(found));
    else if (empty.empty()) empty = of_class;
  }
  if (classes.empty())
    throw failure(folder.string(), "has no folder with " + kind + " in it", "a folder for each class with " + endings + " files");
  if (!empty.empty()) throw failure(empty.string(), "has no " + endings + " files", kind + " of each class, or no folder for it");
  refuse(folder, "lies beside the folders of the classes", kind + " in the folder of their class");
  return classes;
}

}  // namespace tools

// What lies in a folder, in the order of the names; hidden things are passed over.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tools {

// Its folders, or its files.
std::vector<std::filesystem::path> sorted_entries(const std::filesystem::path& folder, bool folders);

// ".wav" of "A.WAV".
std::string ending_of(const std::filesystem::path& file);

// The files of one kind in a folder; refuses those of that kind that are not read.
using FilesOf = std::function<std::vector<std::filesystem::path>(const std::filesystem::path&)>;

struct ClassFolder {
  std::string name;
  std::vector<std::filesystem::path> files;
};

// The folders of the classes. What would be passed over is refused: files beside these folders or in folders within them, and
// folders without files. `kind` and `endings` are for messages: "images", ".pgm, .ppm or .bmp".
std::vector<ClassFolder> class_folders(const std::filesystem::path& folder, const std::string& kind,
                                       const std::string& endings, const FilesOf& files_of);

}  // namespace tools

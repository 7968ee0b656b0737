#include "tools/data/file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/data/failure.hpp"

namespace tools {

std::string read_file(const std::string& name) {
  std::error_code error;
  if (std::filesystem::is_directory(name, error)) throw failure(name, "is a folder", "a file");
  std::ifstream stream{name, std::ios::binary};
  if (!stream) throw failure(name, "cannot be opened", "a file that exists and may be read");
  std::ostringstream content;
  content << stream.rdbuf();
  return std::move(content).str();
}

void require_writable(const std::string& name) {
  const std::string beside = name + ".new";
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) throw failure(name, "is a folder", "the name of a file to write");
  const bool good = std::ofstream{beside, std::ios::binary}.is_open();
  std::filesystem::remove(beside, ignored);
  if (!good) throw failure(name, "cannot be written", "a folder that exists, with the right to write");
}

void replace_file(const std::string& name, std::string_view content) {
  const std::string beside = name + ".new";
  {
    std::ofstream stream{beside, std::ios::binary};
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream) {
      std::error_code ignored;
      std::filesystem::remove(beside, ignored);
      throw failure(name, "cannot be written", "a folder that exists, with room and the right to write");
    }
  }
  std::error_code error;
  std::filesystem::rename(beside, name, error);
  if (error) throw failure(name, "cannot be replaced (" + error.message() + ")", "a file that may be written");
}

}  // namespace tools

#include "tools/data/file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/data/failure.hpp"

namespace tools {
namespace {

// A device or a pipe, which is written to as it is: to replace it would take it from everyone.
bool is_stream(const std::string& name) {
  std::error_code ignored;
  const auto found = std::filesystem::status(name, ignored);
  return exists(found) && !is_regular_file(found) && !is_directory(found);
}

// What is replaced where a symbolic link stands, which stays.
std::string behind_link(const std::string& name) {
  std::error_code error;
  const bool is_link = std::filesystem::is_symlink(name, error);
  const auto found = is_link ? std::filesystem::weakly_canonical(name, error) : std::filesystem::path{name};
  return error ? name : found.string();
}

}  // namespace

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
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) throw failure(name, "is a folder", "the name of a file to write");
  if (is_stream(name)) return;
  const std::string beside = behind_link(name) + ".new";
  const bool good = std::ofstream{beside, std::ios::binary}.is_open();
  std::filesystem::remove(beside, ignored);
  if (!good) throw failure(name, "cannot be written", "a folder that exists, with the right to write");
}

void replace_file(const std::string& name, std::string_view content) {
  const bool whole = !is_stream(name);
  const std::string place = behind_link(name), first = whole ? place + ".new" : name;
  std::error_code error;
  std::ofstream stream{first, std::ios::binary};
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) {
    if (whole) std::filesystem::remove(first, error);
    throw failure(name, "cannot be written", "a folder that exists, with room and the right to write");
  }
  if (!whole) return;
  std::filesystem::rename(first, place, error);
  if (error) throw failure(name, "cannot be replaced (" + error.message() + ")", "a file that may be written");
}

}  // namespace tools

#include "tools/results.hpp"

#include <filesystem>
#include <set>

#include "tools/data/file.hpp"

namespace tools {

void require_results(const std::vector<std::string>& read, const std::vector<std::string>& written) {
  const auto place = [](const std::string& name) {
    if (name.empty()) throw Failure{"the name of a file is empty; expected one for each that is read or written"};
    std::error_code error;  // of a pipe, which has no place
    const auto found = std::filesystem::weakly_canonical(std::filesystem::absolute(name), error);
    return error ? std::filesystem::path{name} : found;
  };
  std::set<std::filesystem::path> taken;
  for (const std::string& file : read) taken.insert(place(file));
  for (const std::string& file : written)  // first as NAME.new
    if (taken.contains(place(file + ".new")) || !taken.insert(place(file)).second)
      throw failure(file, "would be written over another file of this command", "a name of its own for each result");
  for (const std::string& file : written) require_writable(file);
}

void require_results(Options& options, const std::vector<std::string>& read, const std::vector<std::string>& written) {
  const auto files = [&](const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const std::string& name : names)
      if (const auto file = options.text(name)) all.push_back(*file);
    return all;
  };
  require_results(files(read), files(written));
}

}  // namespace tools

// replay FOLDER: gives each file of a corpus to the fuzzed function, once; for compilers without libFuzzer.
#include <filesystem>
#include <iostream>

#include "tools/data/file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  std::size_t files = 0;
  if (count == 2)
    for (const auto& entry : std::filesystem::directory_iterator{arguments[1]}) {
      const std::string content = tools::read_file(entry.path().string());
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
      ++files;
    }
  std::cout << files << " files\n";
  return files == 0 ? 1 : 0;
}

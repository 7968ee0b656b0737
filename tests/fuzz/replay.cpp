// replay FOLDER…: gives each model in them, files named *.tflite or without a dot, to the fuzzed function, once; for compilers
// without libFuzzer.
#include <filesystem>
#include <iostream>

#include "tools/data/file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  namespace fs = std::filesystem;
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) {
    if (!fs::is_directory(arguments[i])) continue;
    for (const auto& entry : fs::recursive_directory_iterator{arguments[i]}) {
      const std::string ending = entry.path().extension().string();
      if (!entry.is_regular_file() || (!ending.empty() && ending != ".tflite")) continue;
      const std::string content = tools::read_file(entry.path().string());
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
      ++files;
    }
  }
  if (files == 0) std::cout << "skipped: no models\n";
  std::cout << files << " files\n";
}

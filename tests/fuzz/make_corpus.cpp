// make_corpus FOLDER: writes the models of tests/tools/tflite_models.hpp into it, for the fuzzer to begin with.
#include <iostream>

#include "tests/tools/tflite_models.hpp"
#include "tests/tools/tflite_writer.hpp"
#include "tools/data/file.hpp"

int main(int count, char** arguments) {
  try {
    if (count != 2) throw tools::Failure{"expected one argument, a folder"};
    for (const auto& [name, model] : models::all()) {
      const writer::Bytes bytes = writer::bytes_of(model);
      tools::replace_file(std::string{arguments[1]} + "/" + name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
  } catch (const std::exception& problem) {
    std::cerr << "make_corpus: " << problem.what() << '\n';
    return 1;
  }
}

// describe_tflite: what a TensorFlow Lite model holds.
#include <cstdint>
#include <iostream>

#include "tools/data/failure.hpp"
#include "tools/tflite/describe.hpp"
#include "tools/tflite/read.hpp"

namespace {

constexpr const char* help = R"(describe_tflite MODEL.tflite [SIGNATURE]

Prints the tensors (type, shape, quantization, bytes of data), the operators with their attributes, what stands in the way
of an import, if anything does, and the sum of the constants. A file that is damaged is refused.
)";

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 2 && count != 3)
      throw tools::Failure{"expected one argument, MODEL.tflite, or a signature's name behind it (see --help)"};
    const std::string argument = arguments[1];
    std::cout << (argument == "--help"
                      ? help
                      : tools::tflite::describe(tools::tflite::read_model(argument, count == 3 ? arguments[2] : "")));
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "describe_tflite: " << problem.what() << '\n';
    return 1;
  }
}

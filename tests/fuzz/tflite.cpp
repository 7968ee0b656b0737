// What libFuzzer calls: any bytes are a model or are refused with a sentence.
#include <cstdlib>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/tflite/describe.hpp"
#include "tools/tflite/model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    if (tools::tflite::describe(tools::tflite::parse_model("fuzz", {data, size})).empty()) std::abort();
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("fuzz: ") || sentence.find("; expected ") == sentence.npos) std::abort();
  }
  return 0;
}

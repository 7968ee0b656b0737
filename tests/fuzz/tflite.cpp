// What libFuzzer calls: any bytes are a model or are refused with a sentence; a model is imported, without and with what is
// constant, or refused as well. Both give the same numbers.
#include <cstdlib>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/import/header.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/tflite/describe.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace importer = tools::importer;

// To be run many times a second.
bool small(const importer::Network& network) {
  std::int64_t bytes = 0, steps = 0;
  for (const importer::Tensor& tensor : network.tensors) bytes += tensor.bytes;
  for (const importer::Applied& applied : network.operators)
    steps += importer::steps(applied.operation, network.tensors[static_cast<std::size_t>(applied.output)].bytes);
  return bytes <= 1 << 12 && steps <= 1 << 15;
}

// From the probe on: inputs and outputs.
std::string numbers(const importer::Network& network) {
  const std::string header = importer::header(network, "fuzz", "fuzz", {});
  return header.substr(header.find("// One input, and the answer"));
}

void import(const tools::tflite::Model& model) {
  importer::Network network = importer::lower(model);
  if (!small(network)) return importer::remove_constants(network);
  const std::string whole = numbers(network);
  importer::remove_constants(network);
  if (numbers(network) != whole) std::abort();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const tools::tflite::Model model = tools::tflite::parse_model("fuzz", {data, size});
    if (tools::tflite::describe(model).empty()) std::abort();
    import(model);
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("fuzz: ") || sentence.find("; expected ") == sentence.npos) std::abort();
  }
  return 0;
}

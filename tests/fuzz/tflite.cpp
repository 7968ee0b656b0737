// What libFuzzer calls: any bytes are a model or are refused with a sentence; a model is imported, without and with what is constant,
// or refused as well. Both give the same numbers.
#include <cstdlib>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/remove_constants.hpp"
#include "tools/tflite/describe.hpp"
#include "tools/tflite/read.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace importer = tools::importer;

// To be run many times a second.
bool small(const importer::Network& network) {
  std::int64_t bytes = 0, steps = 0;
  for (const importer::Place& tensor : network.tensors) bytes += tensor.bytes;
  for (const importer::Applied& applied : network.operators)
    steps += importer::steps(applied.operation, network.tensor(applied.output).bytes);
  return bytes <= 1 << 12 && steps <= 1 << 15;
}

void import(const importer::Model& model) {
  const importer::Network whole = importer::lower(model);
  importer::Network network = whole;
  importer::remove_constants(network);
  // The probe is that of the whole network, and must be the other's, too.
  if (small(whole)) importer::header(network, "fuzz", "fuzz", importer::probe("fuzz", whole, network), {});
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const importer::Model model = tools::tflite::parse_model("fuzz", {data, size});
    if (tools::tflite::describe(model).empty()) std::abort();
    import(model);
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("fuzz: ") || sentence.find("; expected ") == sentence.npos || sentence.find("a fault of the importer") != sentence.npos)
      std::abort();
  }
  return 0;
}

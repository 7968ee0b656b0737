// What libFuzzer calls: any bytes are a model or are refused with a sentence; a model can be shown, and is imported, without and
// with what is constant, or refused as well. The header's network, in its planned workspace, gives the numbers of the one that it
// was made of, each tensor apart.
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/import/header.hpp"
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

[[noreturn]] void end(const char* what) {
  std::cerr << what << '\n';
  std::abort();
}

void import(importer::Model model) {
  importer::Network network = importer::lower(model);
  if (!small(network)) return;
  importer::remove_constants(network);
  const importer::Network whole = importer::lower(std::move(model), importer::Manner::apart);
  // The probe is that of a network in which nothing was merged or removed, and must be the other's, too.
  if (importer::header(network, "fuzz", "fuzz", importer::probe("fuzz", whole, network), {}).empty()) end("an empty header");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    importer::Model model = tools::tflite::parse_model("fuzz", {data, size});
    if (tools::tflite::describe(model).empty()) end("an empty description");
    import(std::move(model));
  } catch (const importer::Fault& fault) {
    end(fault.what());
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    if (!sentence.starts_with("fuzz: ") || sentence.find("; expected ") == sentence.npos) end(failure.what());
  }
  return 0;
}

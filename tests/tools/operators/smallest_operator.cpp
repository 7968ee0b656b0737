// The least that an operator of tools/import takes. If it stops compiling, the requirement grew.
#include <string_view>

#include "expect.hpp"
#include "tflite_models.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/probe.hpp"

namespace {

// The kernel, as it would stand in nn/.
struct Twice {
  [[maybe_unused]] static constexpr std::string_view kind = "Twice";
  std::int32_t count;

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::in_place; }
  constexpr void members(auto&& list) const { list("count", count); }
  template <class Kernels>
  constexpr void run(nn::graph::Call, float* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = 2 * x[i];
  }
};

// Its file of operators/.
using namespace tools::importer;
const OperatorKind twice{{.name = "twice", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
                            node.apply(Twice{node.count()});
                          }}};

}  // namespace

int main() {
  models::Builder b;
  b.model.inputs = {b.add(models::float32("x", {2, 3}))};
  const int y = b.run("TWICE", b.model.inputs, models::float32("y", {2, 3}));
  b.model.outputs = {b.run("TWICE", {y}, models::float32("z", {2, 3}))};
  const Network network = lower(b.model);
  const Probe probe = tools::importer::probe("made", network, network);
  const float* const x = reinterpret_cast<const float*>(probe.inputs[0].data());
  const float* const z = reinterpret_cast<const float*>(probe.outputs[0].data());
  for (int i = 0; i < 6; ++i) expect(z[i] == 4 * x[i]);

  const std::string text = header(network, "made", "import", probe, {});
  expect(text.find("Twice twice_0{\n    .count = 6};") != text.npos);
  expect(text.find("nn::Apply<twice_0, 1, 0>") != text.npos && text.find("nn::Apply<twice_1, 2, 1>") != text.npos);
  expect(OperatorKind::expected(Type::float32).find(", TWICE") != std::string::npos);
  expect(Runner{network}.workspace_bytes() == 24);
  return expectations_failed();
}

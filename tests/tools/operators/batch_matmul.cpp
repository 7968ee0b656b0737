// BATCH_MATMUL on int16 whose output has so small a scale that its sums would be multiplied by 128 and more: refused, as the
// shift for it does not exist.
#include "expect.hpp"
#include "made_numbers.hpp"
#include "refused.hpp"

namespace {

using namespace models;

Model product(float y_scale) {
  Builder b;
  b.model.inputs = {b.add(computed(Type::int16, {2, 3}, 1.0f)), b.add(computed(Type::int16, {3, 2}, 1.0f))};
  b.model.outputs = {b.run("BATCH_MATMUL", b.model.inputs, computed(Type::int16, {2, 2}, y_scale))};
  return b.model;
}

}  // namespace

int main() {
  refused([] { tools::importer::lower(product(1e-9f)); },
          {"operator 0 BATCH_MATMUL: has an output of a very small scale; expected "});
  refused([] { tools::importer::lower(product(1.0f / 129)); }, {"very small scale"});
  const std::vector<std::int16_t> a{1, 2, 3, 4, 5, 6}, b{1, 0, 0, 1, -1, 2};
  expect(run<std::int16_t>(product(1.0f / 64), {bytes_of(a), bytes_of(b)}) == std::vector<std::int16_t>{-128, 512, -128, 1088});
  return expectations_failed();
}

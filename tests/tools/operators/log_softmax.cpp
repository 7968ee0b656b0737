// LOG_SOFTMAX on int8 against the real logarithm: within one of its codes, 1/16.
#include <algorithm>
#include <cmath>

#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/random.hpp"
#include "refused.hpp"

namespace {

using namespace models;

Model log_softmax(int rows, int classes, float scale, const Tensor& y) {
  Builder made;
  made.model.inputs = {made.add(computed(Type::int8, {rows, classes}, scale, 5))};
  Tensor shaped = y;
  shaped.shape = {rows, classes};
  made.model.outputs = {made.run("LOG_SOFTMAX", made.model.inputs, shaped)};
  return made.model;
}

const Tensor sixteenths = computed(Type::int8, {}, 1.0f / 16, 127);

void compare(int rows, int classes, float scale, std::uint32_t seed) {
  nn::Random random{seed};
  std::vector<std::int8_t> x;
  for (int i = 0; i < rows * classes; ++i) x.push_back(static_cast<std::int8_t>(seed % 3 == 0 ? 17 : random.next()));
  const auto y = run<std::int8_t>(log_softmax(rows, classes, scale, sixteenths), {bytes_of(x)});
  for (int r = 0; r < rows; ++r) {
    const auto real = [&](int c) { return static_cast<double>(scale) * x[static_cast<std::size_t>(r * classes + c)]; };
    double sum = 0;
    for (int c = 0; c < classes; ++c) sum += std::exp(real(c));
    for (int c = 0; c < classes; ++c)
      expect(std::abs(y[static_cast<std::size_t>(r * classes + c)] -
                      std::clamp(127 + 16 * (real(c) - std::log(sum)), -128.0, 127.0)) < 0.52);
  }
}

}  // namespace

int main() {
  for (std::uint32_t seed = 0; seed < 30; ++seed)
    for (float scale : {0.002f, 0.05f, 0.31f})
      for (int classes : {1, 2, 10, 300}) compare(2, classes, scale, seed);
  compare(1, 4095, 0.01f, 0);  // all equal, as many as there may be
  refused([] { tools::importer::lower(log_softmax(1, 4096, 0.01f, sixteenths)); },
          {"LOG_SOFTMAX: has 4096 classes; expected at most 4095"});
  refused([] { tools::importer::lower(log_softmax(1, 4, 0.01f, computed(Type::int8, {}, 1.0f / 8, 127))); },
          {"has an output of another scale; expected scale 1/16 and zero point 127"});
  refused([] { tools::importer::lower(log_softmax(1, 4, 1e-9f, sixteenths)); }, {"has inputs of a very small scale"});
  return expectations_failed();
}

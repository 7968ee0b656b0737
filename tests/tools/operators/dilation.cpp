// SPACE_TO_BATCH_ND, a convolution, BATCH_TO_SPACE_ND: one dilated convolution where it can be one, three operators where it
// cannot, the same numbers both ways and as the definition of a dilated convolution gives them.
#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/graph/batch_to_space.hpp"
#include "nn/graph/space_to_batch.hpp"
#include "nn/int8/conv_2d.hpp"
#include "nn/float32/conv_2d.hpp"
#include "refused.hpp"

namespace {

using namespace models;
using tools::importer::Manner;

// Rows along the height: [1, rows, 1, 1] int8, block 2, a kernel of 3.
struct Edges {
  int top = 0, bottom = 0, crop_top = 0, crop_bottom = 0;
};
Model rows(int count, Edges edges, std::int64_t zero_between = -4) {
  const int parts = (count + edges.top + edges.bottom) / 2, y_rows = 2 * (parts - 2) - edges.crop_top - edges.crop_bottom;
  Builder b;
  const int x = b.add(computed(Type::int8, {1, count, 1, 1}, 0.5f, -4)), block = b.add(int32("block", {2}, {2, 1}));
  const int pads = b.add(int32("pads", {2, 2}, {edges.top, edges.bottom, 0, 0}));
  const int divided = b.run("SPACE_TO_BATCH_ND", {x, block, pads}, computed(Type::int8, {2, parts, 1, 1}, 0.5f, zero_between));
  const int w = b.add(constant(computed(Type::int8, {1, 3, 1, 1}, 1.0f), std::vector<std::int8_t>{1, 10, 100}));
  const int made = b.run("CONV_2D", {divided, w}, computed(Type::int8, {2, parts - 2, 1, 1}, 8.0f, 0), {{"padding", "valid"}});
  const int crops = b.add(int32("crops", {2, 2}, {edges.crop_top, edges.crop_bottom, 0, 0}));
  b.model.outputs = {b.run("BATCH_TO_SPACE_ND", {made, block, crops}, computed(Type::int8, {1, y_rows, 1, 1}, 8.0f, 0))};
  b.model.inputs = {x};
  return b.model;
}

// Row r: (x[r - top] + 10·x[r - top + 2] + 100·x[r - top + 4]) / 16, half away from zero; without what is left out.
std::vector<std::int8_t> expected(const std::vector<std::int8_t>& x, Edges edges, std::size_t count) {
  std::vector<std::int8_t> y;
  for (std::size_t r = 0; r < count; ++r) {
    int sum = 0, weight = 1;
    for (int tap = 0; tap < 3; ++tap, weight *= 10) {
      const int row = static_cast<int>(r) + edges.crop_top - edges.top + 2 * tap;
      if (0 <= row && row < static_cast<int>(x.size())) sum += weight * (x[static_cast<std::size_t>(row)] + 4);
    }
    const int rounded = sum >= 0 ? (sum + 8) / 16 : -((-sum + 8) / 16);
    y.push_back(static_cast<std::int8_t>(std::clamp(rounded, -128, 127)));
  }
  return y;
}

void divided(Edges edges, bool merges) {
  const std::vector<std::int8_t> x{3, -5, 7, 1, -12, 6, 0, 4, -9};
  const Model model = rows(9, edges);
  const std::size_t count = static_cast<std::size_t>(model.tensors.back().shape[1]);
  const auto y = run<std::int8_t>(model, {bytes_of(x)});
  expect(y == expected(x, edges, count));
  expect(run<std::int8_t>(model, {bytes_of(x)}, Manner::apart) == y);
  const tools::importer::Network network = tools::importer::lower(model);
  expect(network.operators.size() == (merges ? 1u : 3u));
  if (!merges)
    return expect(count_of<nn::graph::SpaceToBatch<std::int8_t>>(network) == 1 &&
                  count_of<nn::graph::BatchToSpace<std::int8_t>>(network) == 1);
  const auto* conv = network.operators[0].operation.as<nn::int8::Conv2d>();
  expect(conv->window.dilation.height == 2 && conv->window.before.height == edges.top - edges.crop_top &&
         conv->window.batch == 1);
  expect(network.removed == std::vector<std::string>{"SPACE_TO_BATCH_ND 0", "BATCH_TO_SPACE_ND 2"});
}

// What others read in between, and what says more than one convolution can, stays apart.
void apart() {
  Model read = rows(9, {2, 3, 0, 1});
  read.outputs.push_back(read.operators[0].outputs[0]);
  expect(tools::importer::lower(read).operators.size() == 3);
  Model strided = rows(10, {0, 0, 0, 0});
  strided.operators[1].attributes.set("stride_h", 3);
  strided.tensors[5].shape = {2, 1, 1, 1};
  strided.tensors.back().shape = {1, 2, 1, 1};
  expect(tools::importer::lower(strided).operators.size() == 3);
}

void sentences() {
  const auto changed = [](auto change) {
    return [change] {
      Model model = rows(9, {2, 3, 0, 1});
      change(model);
      tools::importer::lower(model);
    };
  };
  refused(
      [] {
        tools::importer::lower(rows(9, {2, 3, 0, 1}, 7));
      },
      {"operator 0 SPACE_TO_BATCH_ND: changes the scale; expected "});
  refused(changed([](Model& m) { m.tensors[1].data[0] = 0; }),
          {"SPACE_TO_BATCH_ND: has blocks of 0 rows or columns; expected 1 to "});
  refused(changed([](Model& m) { m.tensors[2].data[4] = 2; }),
          {"SPACE_TO_BATCH_ND: divides 13 rows or columns, padding included, by 2"});
  refused(changed([](Model& m) { m.tensors[2].data[3] = 0x80; }), {"SPACE_TO_BATCH_ND: has an edge of -"});
  refused(changed([](Model& m) { m.tensors[1] = int32("block", {3}, {2, 1, 1}); }), {"has 3 numbers; expected 2"});
  refused(changed([](Model& m) { m.tensors[1] = int32("block", {2}, {2, 3}); }), {"by 3; expected extents that it divides"});
}

}  // namespace

int main() {
  divided({0, 1, 0, 1}, true);   // VALID
  divided({2, 3, 0, 1}, true);   // SAME
  divided({4, 5, 1, 0}, false);  // beyond the window below
  divided({0, 3, 1, 0}, false);  // more is left out than was added
  divided({3, 4, 2, 0}, true);
  apart();
  sentences();
  return expectations_failed();
}

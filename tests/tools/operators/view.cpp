// Depthwise convolutions of slices and parts of splits, which they read where these lie: nothing is copied, and the numbers are
// those of copies.
#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/graph/strided_copy.hpp"
#include "nn/int8/depthwise_conv_2d.hpp"
#include "nn/random.hpp"
#include "tools/import/remove_constants.hpp"

namespace {

using namespace models;
using tools::importer::Manner;
using tools::importer::Network;

constexpr int rows = 7, channels = 6;

// MixConv: the last `kernel` rows of so many channels each.
Model mixed(const std::vector<int>& parts, const std::vector<int>& kernels, const char* padding = "valid") {
  Builder b;
  b.model.inputs = {b.add(computed(Type::int8, {1, rows, 1, channels}, 0.5f, 3))};
  std::vector<std::int32_t> sizes(parts.begin(), parts.end());
  const int split_sizes = b.add(int32("sizes", {static_cast<int>(parts.size())}, sizes)), axis = b.add(int32("axis", {}, {3}));
  std::vector<int> split;
  for (int part : parts) split.push_back(b.add(computed(Type::int8, {1, rows, 1, part}, 0.5f, 3)));
  b.model.operators.push_back(Builder::operation("SPLIT_V", {b.model.inputs[0], split_sizes, axis}, split));
  nn::Random random{7};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int begin = b.add(int32("begin", {4}, {0, -kernels[i], 0, 0})), end = b.add(int32("end", {4}, {0, 0, 0, 0}));
    const int step = b.add(int32("step", {4}, {1, 1, 1, 1}));
    const int slice = b.run("STRIDED_SLICE", {split[i], begin, end, step},
                            computed(Type::int8, {1, kernels[i], 1, parts[i]}, 0.5f, 3), {{"begin_mask", 13}, {"end_mask", 15}});
    std::vector<std::int8_t> weight;
    for (int k = 0; k < kernels[i] * parts[i]; ++k) weight.push_back(static_cast<std::int8_t>(random.next()));
    const int w = b.add(constant(computed(Type::int8, {1, kernels[i], 1, parts[i]}, 0.02f), weight));
    const bool same = std::string_view{padding} == "same";
    b.model.outputs.push_back(b.run("DEPTHWISE_CONV_2D", {slice, w},
                                    computed(Type::int8, {1, same ? kernels[i] : 1, 1, parts[i]}, 1.0f, -5),
                                    {{"padding", padding}, {"depth_multiplier", 1}}));
  }
  return b.model;
}

void read_in_place(const std::vector<int>& parts, const std::vector<int>& kernels) {
  const Model model = mixed(parts, kernels);
  std::vector<std::int8_t> x;
  nn::Random random{3};
  for (int i = 0; i < rows * channels; ++i) x.push_back(static_cast<std::int8_t>(random.next()));
  Network network = tools::importer::lower(model);
  tools::importer::remove_constants(network);
  expect(count_of<nn::int8::DepthwiseConv2d>(network) == std::ssize(parts));
  expect(network.operators.size() == parts.size());  // no copies
  expect(numbers_of<std::int8_t>(tools::importer::run(network, {bytes_of(x)})) ==
         run<std::int8_t>(model, {bytes_of(x)}, Manner::apart));
  std::int32_t first = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto* kernel = network.operators[i].operation.as<nn::int8::DepthwiseConv2d>();
    expect(kernel->first == first && kernel->window.input.channels == channels &&
           kernel->window.before.height == kernels[i] - rows);
    first += parts[i];
  }
}

}  // namespace

int main() {
  read_in_place({2, 3, 1}, {5, 7, 2});
  read_in_place({6}, {4});
  read_in_place({1, 5}, {7, 7});
  // Padding lies at the slice's edge, where the whole has other rows: it is copied.
  const Network padded = tools::importer::lower(mixed({2, 4}, {3, 5}, "same"));
  expect(count_of<nn::graph::StridedCopy<std::int8_t>>(padded) == 4);
  return expectations_failed();
}

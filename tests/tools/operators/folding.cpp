// What is known beforehand is gone from the network: SHAPE … RESHAPE of an open batch, float16 weights, a picture's scaling of
// constants; and what only begins with a constant stays.
#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/float32/fully_connected.hpp"
#include "refused.hpp"

namespace {

using namespace models;
using tools::importer::Network;

// Flatten as Keras writes it: the batch is the input's, the rest is stated.
void open_batch() {
  Builder b;
  b.model.inputs = {b.add(float32("x", {2, 3, 2}))};
  Tensor unshaped = computed(Type::unknown, {});
  unshaped.shaped = false;
  const int shape = b.run("SHAPE", {b.model.inputs[0]}, unshaped);
  const int begin = b.add(int32("begin", {1}, {0})), end = b.add(int32("end", {1}, {1})), step = b.add(int32("step", {1}, {1}));
  const int batch = b.run("STRIDED_SLICE", {shape, begin, end, step}, unshaped, {{"shrink_axis_mask", 1}});
  const int rest = b.add(int32("rest", {}, {6}));
  const int stated = b.run("PACK", {batch, rest}, unshaped, {{"values_count", 2}});
  const int flat = b.run("RESHAPE", {b.model.inputs[0], stated}, unshaped);
  Tensor y = float32("y", {2, 6});
  b.model.outputs = {b.run("NEG", {flat}, y)};
  const Network network = tools::importer::lower(b.model);
  expect(network.operators.size() == 1 && network.tensors.size() == 2);
  const std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const auto answer = run<float>(b.model, {bytes_of(x)});
  for (std::size_t i = 0; i < x.size(); ++i) expect(answer[i] == -x[i]);
}

// 1, -2, 2^-24 (the least of float16) and infinity.
void halves() {
  const auto dequantized = [](std::uint16_t last) {
    Builder b;
    b.model.inputs = {b.add(float32("x", {1, 4}))};
    const int stored = b.add(constant(computed(Type::float16, {1, 4}), std::vector<std::uint16_t>{0x3c00, 0xc000, 0x0001, last}));
    const int weight = b.run("DEQUANTIZE", {stored}, float32("w", {1, 4}));
    b.model.outputs = {b.run("FULLY_CONNECTED", {b.model.inputs[0], weight}, float32("y", {1, 1}))};
    return b.model;
  };
  const Network network = tools::importer::lower(dequantized(0x4400));  // 4
  expect(network.operators.size() == 1 && count_of<nn::float32::FullyConnected>(network) == 1);
  expect(run<float>(dequantized(0x4400), {bytes_of(std::vector<float>{1, 1, 16777216, 1})}) == std::vector<float>{1 - 2 + 1 + 4});
  refused([&] { tools::importer::lower(dequantized(0x7e01)); }, {"DEQUANTIZE: reads a NaN at index 3 of tensor 1"});
}

// A constant picture of bytes, made real and scaled; and the same of an input, which is computed.
void pictures() {
  for (bool is_constant : {true, false}) {
    Builder b;
    Tensor stored = computed(Type::uint8, {1, 3}, 1.0f);
    if (is_constant) stored = constant(stored, std::vector<std::uint8_t>{0, 51, 255});
    const int picture = b.add(stored), x = b.add(float32("x", {1, 3}));
    const int real = b.run("CAST", {picture}, float32("real", {1, 3}), {{"in_data_type", 3}, {"out_data_type", 0}});
    const int factor = b.add(constant(computed(Type::float32, {}), std::vector<float>{1.0f / 255}));
    const int scaled = b.run("MUL", {real, factor}, float32("scaled", {1, 3}));
    b.model.outputs = {b.run("ADD", {x, scaled}, float32("y", {1, 3}))};
    b.model.inputs = is_constant ? std::vector{x} : std::vector{x, picture};
    const Network network = tools::importer::lower(b.model);
    expect(network.operators.size() == (is_constant ? 1u : 3u));
    std::vector<tools::importer::Bytes> inputs{bytes_of(std::vector<float>{1, 2, 3})};
    if (!is_constant) inputs.push_back(bytes_of(std::vector<std::uint8_t>{0, 51, 255}));
    const auto y = run<float>(b.model, inputs);
    expect(y[0] == 1 && y[1] > 2.1999f && y[1] < 2.2001f && y[2] == 4);
  }
}

// A variable is no constant, whatever it begins with.
void variables() {
  Builder b;
  Tensor begins = constant(computed(Type::float32, {2}), std::vector<float>{1, 2});
  begins.variable = true;
  const int state = b.add(begins), x = b.add(float32("x", {2}));
  const int before = b.run("READ_VARIABLE", {state}, float32("before", {2}));
  const int sum = b.run("ADD", {before, x}, float32("sum", {2}));
  b.model.operators.push_back(Builder::operation("ASSIGN_VARIABLE", {sum}, {state}));
  b.model.outputs = {b.run("NEG", {sum}, float32("y", {2}))};
  b.model.inputs = {x};
  const Network network = tools::importer::lower(b.model);
  tools::importer::Runner runner{network};
  const auto added = bytes_of(std::vector<float>{10, 20});
  expect(numbers_of<float>(runner.run({added})) == std::vector<float>{-11, -22});
  expect(numbers_of<float>(runner.run({added})) == std::vector<float>{-21, -42});
  runner.reset();
  expect(numbers_of<float>(runner.run({added})) == std::vector<float>{-11, -22});
}

}  // namespace

int main() {
  open_batch();
  halves();
  pictures();
  variables();
  return expectations_failed();
}

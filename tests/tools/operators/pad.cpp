// PAD and PADV2 along any dimensions of any rank, the last one too, against the definition.
#include "expect.hpp"
#include "nn/random.hpp"
#include "tflite_models.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/probe.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace {

using namespace models;

template <class Number>
std::vector<std::uint8_t> bytes_of(const std::vector<Number>& numbers) {
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(Number));
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

Tensor tensor(Type type, std::vector<int> shape) {
  Tensor made{"t", type, std::move(shape), {}, {}, false};
  if (type != Type::float32) made.quantization = {.scale = {0.5f}, .zero_point = {type == Type::int8 ? 9 : 0}, .dimension = 0};
  return made;
}

// Number `at` of the output by its indices: one of the input, or the value.
template <class Number>
Number expected(const std::vector<Number>& x, const std::vector<int>& shape, const std::vector<std::int32_t>& padding,
                const std::vector<int>& y, std::size_t at, Number value) {
  std::size_t from = 0, factor = 1;
  for (std::size_t d = shape.size(); d-- > 0; at /= static_cast<std::size_t>(y[d])) {
    const int index = static_cast<int>(at % static_cast<std::size_t>(y[d])) - padding[2 * d];
    if (index < 0 || index >= shape[d]) return value;
    from += factor * static_cast<std::size_t>(index);
    factor *= static_cast<std::size_t>(shape[d]);
  }
  return x[from];
}

template <class Number>
void pads(Type type, std::uint32_t seed) {
  nn::Random random{seed};
  const auto below = [&](std::uint32_t count) { return static_cast<int>(random.below(count)); };
  const std::size_t rank = 1 + seed % 5;
  std::vector<int> shape, y_shape;
  std::vector<std::int32_t> padding;
  std::size_t count = 1, y_count = 1;
  for (std::size_t d = 0; d < rank; ++d) {
    shape.push_back(1 + below(4));
    padding.insert(padding.end(), {below(3), below(3)});
    y_shape.push_back(shape[d] + padding[2 * d] + padding[2 * d + 1]);
    count *= static_cast<std::size_t>(shape[d]);
    y_count *= static_cast<std::size_t>(y_shape[d]);
  }
  std::vector<Number> x(count);
  for (Number& number : x) number = static_cast<Number>(static_cast<std::int8_t>(random.next()));
  const bool stated = seed % 2 == 0;
  const Number value = stated ? static_cast<Number>(-77) : static_cast<Number>(type == Type::int8 ? 9 : 0);

  Builder b;
  b.model.inputs = {b.add(tensor(type, shape))};
  std::vector<int> inputs{b.model.inputs[0], b.add(int32("padding", {static_cast<int>(rank), 2}, padding))};
  if (stated) {
    Tensor constant = tensor(type, {});
    constant.data = bytes_of(std::vector<Number>{value});
    inputs.push_back(b.add(constant));
  }
  b.model.outputs = {b.run(stated ? "PADV2" : "PAD", inputs, tensor(type, y_shape))};
  const tools::importer::Network network = tools::importer::lower(b.model);
  const auto stored = bytes_of(x);
  const auto answer = tools::importer::run(network, {{stored.begin(), stored.end()}});
  expect(answer.size() == y_count * sizeof(Number));
  std::vector<Number> y(y_count);
  std::memcpy(y.data(), answer.data(), answer.size());
  for (std::size_t i = 0; i < y_count; ++i) expect(y[i] == expected(x, shape, padding, y_shape, i, value));
  tools::importer::probe("made", network, network);
}

// What converters write for the padding of a maximum; and a NaN, which nobody means.
void values_that_are_not_finite() {
  Builder b;
  b.model.inputs = {b.add(float32("x", {1, 2}))};
  const int padding = b.add(int32("padding", {2, 2}, {0, 0, 1, 0}));
  Tensor value = float32("value", {});
  value.data = bytes_of(std::vector<float>{-std::numeric_limits<float>::infinity()});
  const int at = b.add(value);
  b.model.outputs = {b.run("PADV2", {b.model.inputs[0], padding, at}, float32("y", {1, 3}))};
  const tools::importer::Network network = tools::importer::lower(b.model);
  const std::string header =
      tools::importer::header(network, "made", "import", tools::importer::probe("made", network, network), {});
  expect(header.find(".value = -std::numeric_limits<float>::infinity()") != header.npos);
  expect(header.find("\n    -std::numeric_limits<float>::infinity(), ") != header.npos);  // of the answer

  b.model.tensors[static_cast<std::size_t>(at)].data = bytes_of(std::vector<float>{std::nanf("")});
  try {
    tools::importer::lower(b.model);
    expect(false);
  } catch (const tools::Failure& failure) {
    expect(std::string_view{failure.what()}.starts_with("made: tensor 2 \"value\": holds a NaN at index 0; expected "));
  }
}

}  // namespace

int main() {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    pads<std::int8_t>(Type::int8, seed);
    pads<std::int16_t>(Type::int16, seed);
    pads<float>(Type::float32, seed);
  }
  values_that_are_not_finite();
  return expectations_failed();
}

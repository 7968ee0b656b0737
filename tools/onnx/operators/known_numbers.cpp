// Range, Floor, Ceil, Round and Mod of what is known beforehand, as in the chains that compute shapes.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "tools/onnx/operators/elementwise.hpp"

namespace tools::onnx {

namespace {

Value whole_numbers(const Node& node, const std::vector<std::int64_t>& values, const Shape& shape, DataType type) {
  Value made{.shape = shape, .type = type, .layout = natural(shape)};
  if (!values.empty()) made.tensor = node.whole_graph.reshaped(node.index, node.constant(values), shape);
  return made;
}

void translate_range(Node& node) {
  node.require_inputs(3, 3);
  node.require_type(0, {DataType::float32, DataType::int64, DataType::int32});
  node.require_same_types();
  constexpr double most = 1 << 20;
  const bool real = node.value().type == DataType::float32;
  double stated[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const std::vector<std::int64_t> whole = real ? std::vector<std::int64_t>{} : node.integers(i);
    node.require(real || whole.size() == 1, node.input_name(i) + " is not one number", "one");
    stated[i] = real ? static_cast<double>(node.real_input(i)) : static_cast<double>(whole[0]);
  }
  const auto [first, end, step] = std::tie(stated[0], stated[1], stated[2]);
  node.require(step != 0, "has the step 0", "another");
  const double count = std::max(0.0, std::ceil((end - first) / step));
  node.require(count <= most, text("makes ", static_cast<float>(count), " numbers"), "at most 2^20");
  std::vector<float> reals;
  std::vector<std::int64_t> wholes;
  for (int i = 0; i < static_cast<int>(count); ++i) {
    reals.push_back(static_cast<float>(first + i * step));
    wholes.push_back(static_cast<std::int64_t>(first + i * step));
  }
  const Shape shape{static_cast<int>(count)};
  node.define(0, real && count > 0 ? constant_of(node, reals, shape) : whole_numbers(node, wholes, shape, node.value().type));
}

void round_by(Node& node, float (*by)(float)) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  std::vector<float> values = node.reals(0);
  node.require(!values.empty(), "reads a tensor without numbers", "one with numbers");
  std::ranges::transform(values, values.begin(), by);
  node.define(0, constant_of(node, values, node.value().shape));
}

// Of whole numbers; the sign is that of the divisor.
void translate_mod(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(0, {DataType::int64, DataType::int32});
  node.require_same_types();
  node.require(node.whole("fmod", 0) == 0, "has the sign of its first input", "fmod 0");
  std::vector<std::int64_t> values = node.integers(0);
  const std::vector<std::int64_t> by = node.integers(1);
  node.require(by.size() == 1 || by.size() == values.size(), text("divides ", values.size(), " numbers by ", by.size()),
               "one, or as many");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t divisor = by[by.size() == 1 ? 0 : i];
    node.require(divisor != 0, "divides by 0", "another number");
    values[i] = (values[i] % divisor + divisor) % divisor;
  }
  node.define(0, whole_numbers(node, values, node.value().shape, node.value().type));
}

const OperatorKind range{"Range", translate_range}, mod{"Mod", translate_mod};
const OperatorKind floor{"Floor", [](Node& node) { round_by(node, [](float x) { return std::floor(x); }); }};
const OperatorKind ceil{"Ceil", [](Node& node) { round_by(node, [](float x) { return std::ceil(x); }); }};
const OperatorKind nearest{"Round", [](Node& node) { round_by(node, [](float x) { return std::nearbyint(x); }); }};

}  // namespace

}  // namespace tools::onnx

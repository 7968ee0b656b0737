// Add, Sub, Mul, Div, Min, Max, Sum, Mean and Pow. Whole numbers only where they are known beforehand, as in the chains that
// compute shapes.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

const char* kind_of(const std::string& operation) {
  if (operation == "Add" || operation == "Sum" || operation == "Mean") return "add";
  if (operation == "Sub") return "sub";
  if (operation == "Mul") return "mul";
  if (operation == "Div") return "div";
  return operation == "Max" ? "maximum" : "minimum";
}

std::int64_t of_whole(const Node& node, std::int64_t a, std::int64_t b) {
  const std::string& operation = node.data.operation;
  if (operation == "Add" || operation == "Sum") return a + b;
  if (operation == "Sub") return a - b;
  if (operation == "Mul") return a * b;
  if (operation == "Max") return std::max(a, b);
  if (operation == "Min") return std::min(a, b);
  if (b == 0) node.refuse("divides by 0", "another number");
  return a / b;
}

// Of constants; numbers stay within 32 bits.
Value whole_numbers(const Node& node, const Value& a, const Value& b) {
  Value made{.shape = broadcast_shape(node, a.shape, b.shape), .type = a.type, .layout = {}};
  made.layout = natural(made.shape);
  const auto count = made.count();
  node.require(count > 0 && count <= 65536, text("computes ", made.shape, " whole numbers"), "1 to 65536");
  const auto numbers_of = [&](const Value& value) {
    const std::vector<std::uint8_t>& bytes = node.tensor(node.in(value, in_order(value.shape.size()))).data;
    std::vector<std::int32_t> numbers(bytes.size() / 4);
    std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return numbers;
  };
  const auto left = numbers_of(a), right = numbers_of(b);
  const auto at = [&](const Shape& shape, std::int64_t i) {
    std::size_t index = 0, step = 1;
    for (std::size_t d = made.shape.size(), own = shape.size(); d-- > 0 && own-- > 0; i /= made.shape[d]) {
      if (shape[own] > 1) index += static_cast<std::size_t>(i % made.shape[d]) * step;
      step *= static_cast<std::size_t>(shape[own]);
    }
    return index;
  };
  std::vector<std::int64_t> values;
  for (std::int64_t i = 0; i < count; ++i)
    values.push_back(std::clamp<std::int64_t>(of_whole(node, left[at(a.shape, i)], right[at(b.shape, i)]),
                                              std::numeric_limits<std::int32_t>::min(),
                                              std::numeric_limits<std::int32_t>::max()));
  made.tensor = node.whole_graph.reshaped(node.index, node.constant(values), made.shape);
  return made;
}

Value of_two(const Node& node, const Value& a, const Value& b) {
  const auto known = [&](const Value& value) { return value.tensor < 0 || node.whole_graph.is_constant(value.tensor); };
  const bool counts = a.type == DataType::int64 || a.type == DataType::int32;
  if (counts && known(a) && known(b)) return whole_numbers(node, a, b);
  return combined(node, kind_of(node.data.operation), a, b);
}

void translate(Node& node) {
  const std::string& operation = node.data.operation;
  const bool any_number = operation == "Sum" || operation == "Mean" || operation == "Max" || operation == "Min";
  node.require_inputs(any_number ? 1 : 2, any_number ? std::max<std::size_t>(1, node.data.inputs.size()) : 2);
  node.require_same_types();
  node.require_type(0, {DataType::float32, DataType::int64, DataType::int32});
  node.ignore({"consumed_inputs"});
  if ((operation == "Add" || operation == "Mul") && !node.whole_graph.settings.unoptimized && is_coded(node, node.value(0)) &&
      is_coded(node, node.value(1)))
    if (const std::optional<Target> to = absorbed_target(node))
      return node.define(
          0, combined_codes(node, node.value(0), node.value(1), to->codes, operation == "Add" ? "qlinear_add" : "qlinear_mul"));
  Value sum = node.input(0);
  for (std::size_t i = 1; i < node.data.inputs.size(); ++i) {
    // A fused activation belongs to the last.
    const bool last = i + 1 == node.data.inputs.size() && !any_number && sum.type == DataType::float32;
    const std::string activation = last ? absorbed_activation(node) : "none";
    const Value with = node.input(i);
    sum = activation == "none" ? of_two(node, sum, with)
                               : combined(node, kind_of(operation), sum, with, {{"activation", activation}});
  }
  if (operation == "Mean") sum = combined(node, "div", sum, constant_of(node, {static_cast<float>(node.data.inputs.size())}, {}));
  if (any_number && node.data.inputs.size() == 1)
    sum = applied(
        node, "reshape", sum,
        {{"new_shape", std::vector<std::int64_t>(node.tensor(sum.tensor).shape.begin(), node.tensor(sum.tensor).shape.end())}});
  node.define(0, sum);
}

// By constants, each the same.
void translate_power(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(0, {DataType::float32});
  node.require_constant(1);
  float exponent = 0;
  if (node.value(1).type == DataType::float32) {
    const std::vector<float> exponents = node.reals(1);
    node.require(
        !exponents.empty() && std::ranges::count(exponents, exponents[0]) == static_cast<std::ptrdiff_t>(exponents.size()),
        "has several exponents", "one constant");
    exponent = exponents[0];
  } else {
    const std::vector<std::int64_t> exponents = node.integers(1);
    node.require(exponents.size() == 1, text("has ", exponents.size(), " exponents"), "one constant");
    exponent = static_cast<float>(exponents[0]);
  }
  node.require(std::isfinite(exponent), "has an exponent that is not finite", "a number");
  const Value x = node.input();
  if (exponent == 2) return node.define(0, applied(node, "square", x));
  if (exponent == 0.5f) return node.define(0, applied(node, "sqrt", x));
  if (exponent == -0.5f) return node.define(0, applied(node, "rsqrt", x));
  node.define(0, applied(node, "power", x, {{"exponent", exponent}}));
}

const OperatorKind add{"Add", translate}, sub{"Sub", translate}, mul{"Mul", translate}, div{"Div", translate};
const OperatorKind min{"Min", translate}, max{"Max", translate}, sum{"Sum", translate}, mean{"Mean", translate};
const OperatorKind power{"Pow", translate_power};

}  // namespace

}  // namespace tools::onnx

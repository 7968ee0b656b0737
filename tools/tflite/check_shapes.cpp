// Operators without weights, whose output has the shape of the input or one made from it.
#include "tools/tflite/check.hpp"
#include "tools/tflite/operator_check.hpp"

namespace tools::tflite {

namespace {

Shape without_ones(Shape shape) {
  std::erase(shape, 1);
  return shape;
}

struct Check : OperatorCheck {
  // Extents are compared from the last; one that is 1 or lacking goes with any.
  void elementwise() const {
    require_inputs(2, 2);
    require_type(1, {input(0).type});
    require_output_type({input(0).type});
    const Shape &a = input(0).shape, &b = input(1).shape;
    Shape y(std::max(a.size(), b.size()), 1);
    for (std::size_t i = 1; i <= y.size(); ++i) {
      const int from_a = i <= a.size() ? a[a.size() - i] : 1, from_b = i <= b.size() ? b[b.size() - i] : 1;
      if (from_a != from_b && from_a != 1 && from_b != 1)
        throw refusal(text("has inputs of ", a, " and ", b), "shapes that are equal, but for extents of 1");
      y[y.size() - i] = std::max(from_a, from_b);
    }
    require_output(y);
  }

  void concatenation() {
    require_inputs(1, operation.inputs.size());
    Shape y = input(0).shape;
    const int rank = static_cast<int>(y.size());
    int& axis = operation.options.axis;
    if (axis < -rank || axis >= rank) throw refusal(text("has axis ", axis), text("one of ", rank, " dimensions"));
    if (axis < 0) axis += rank;
    const auto along = static_cast<std::size_t>(axis);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
      if (!has_input(i)) throw refusal(text("lacks its input ", i), "a tensor");
      require_type(i, {output().type});
      require_rank(i, y.size());
      sum += input(i).shape[along];
      y[along] = input(i).shape[along];
      if (input(i).shape != y)
        throw refusal(text(input_label(i), " has the shape ", input(i).shape), text(y, ", like the first, but for dimension ", axis));
    }
    y[along] = extent(sum);
    require_output(y);
  }

  void pad() const {
    require_inputs(operation.op == Op::pad ? 2 : 3, operation.op == Op::pad ? 2 : 3);
    require_output_type({input(0).type});
    if (operation.op == Op::pad_v2) require_type(2, {input(0).type});
    Shape y = input(0).shape;
    const std::vector<std::int64_t> padding = constant(1);
    if (padding.size() != 2 * y.size())
      throw refusal(text(input_label(1), " has the shape ", input(1).shape), text(y.size(), "x2, for the input ", y));
    for (std::size_t i = 0; i < padding.size(); ++i) {
      if (padding[i] < 0 || padding[i] > 1 << 28)
        throw refusal(text(input_label(1), " has the padding ", padding[i]), text("0 to ", 1 << 28));
      y[i / 2] = extent(y[i / 2] + padding[i]);
    }
    require_output(y);
  }

  void reduction() const {
    require_inputs(2, 2);
    require_output_type({input(0).type});
    const Shape& x = input(0).shape;
    const auto rank = static_cast<std::int64_t>(x.size());
    std::vector<bool> reduced(x.size(), false);
    for (std::int64_t axis : constant(1)) {
      if (axis < -rank || axis >= rank) throw refusal(text("has axis ", axis), text("one of ", rank, " dimensions"));
      reduced[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] = true;
    }
    Shape y;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!reduced[i]) y.push_back(x[i]);
      else if (operation.options.keep_dims) y.push_back(1);
    }
    require_output(y);
  }

  void require_same_elements() const {
    require_output_type({input(0).type});
    if (element_count(input(0).shape) != element_count(output().shape))
      throw refusal(text("makes ", output().shape, " of ", input(0).shape), "as many elements");
  }

  void reshape() const {
    require_inputs(1, 2);
    require_same_elements();
    if (!has_input(1) || input(1).data.empty()) return;
    const std::vector<std::int64_t> asked = constant(1);
    const Shape& y = output().shape;
    const auto fits = [](std::int64_t wanted, int extent) { return wanted == extent || wanted == -1; };
    const bool same = std::equal(asked.begin(), asked.end(), y.begin(), y.end(), fits);
    if (!same || std::count(asked.begin(), asked.end(), -1) > 1)
      throw refusal(text("has an output of ", y), text("the shape that ", input_label(1), " asks for"));
  }

  // Extents of 1 come or go.
  void ones() const {
    require_inputs(1, 2);
    require_same_elements();
    if (without_ones(input(0).shape) != without_ones(output().shape))
      throw refusal(text("makes ", output().shape, " of ", input(0).shape), "the same, but for extents of 1");
  }

  void activation() const {
    require_inputs(1, 1);
    const Type type = input(0).type;
    switch (operation.op) {
      case Op::quantize: require_output_type({Type::int8, Type::int16, Type::uint8, Type::int32}); break;
      case Op::dequantize: require_output_type({Type::float32}); break;
      case Op::softmax: require_output_type({type, type == Type::int8 ? Type::int16 : type}); break;
      default: require_output_type({type});
    }
    require_output(input(0).shape);
  }
};

}  // namespace

bool check_shapes(Model& model, std::size_t index) {
  Check check{{model, index}};
  switch (check.operation.op) {
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::maximum:
    case Op::minimum:
    case Op::prelu: check.elementwise(); return true;
    case Op::concatenation: check.concatenation(); return true;
    case Op::pad:
    case Op::pad_v2: check.pad(); return true;
    case Op::mean:
    case Op::sum:
    case Op::reduce_max: check.reduction(); return true;
    case Op::reshape: check.reshape(); return true;
    case Op::squeeze:
    case Op::expand_dims: check.ones(); return true;
    case Op::relu:
    case Op::relu6:
    case Op::relu_n1_to_1:
    case Op::leaky_relu:
    case Op::logistic:
    case Op::tanh:
    case Op::elu:
    case Op::hard_swish:
    case Op::softmax:
    case Op::quantize:
    case Op::dequantize: check.activation(); return true;
    default: return false;
  }
}

}  // namespace tools::tflite

// SOFTMAX over the last dimension.
#include "nn/float32/softmax.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/softmax.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/int16_tables.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  const Type type = node.input().type;
  node.set_output_type({type, type == Type::int8 ? Type::int16 : type});
  node.set_output(node.input().shape);
  node.real("beta", 1);
}

// Of logits of int8.
template <class Kernel>
void lower_int8(Lowering& node, std::int32_t rows, std::int32_t classes) {
  const double real = static_cast<double>(node.real("beta", 1)) * static_cast<double>(scale(node.input())) * (1 << 26);
  const Scale of_logits = fixed_scale(std::min(real, 2147483647.0));
  node.require(of_logits.shift >= 0 && of_logits.multiplier >= 0, "has inputs of a very small scale",
               "a scale of at least 2^-26");
  node.apply(Kernel{.rows = rows, .classes = classes, .scale = of_logits, .least_difference = -input_radius(5, of_logits.shift)});
}

void lower_int16(Lowering& node, std::int32_t rows, std::int32_t classes) {
  const Tensor &x = node.input(), &y = node.output();
  node.require(std::abs(scale(y) * 32768 - 1) < 0.001f && zero(y) == 0, "has an output of another scale",
               "scale 1/32768 and zero point 0");
  if (classes >= 65536) node.refuse(text("has ", classes, " classes"), "at most 65535");
  const Scale to = fixed_scale(static_cast<double>(scale(x)) * static_cast<double>(node.real("beta", 1)) / (10.0 / 65535.0));
  node.require(to.shift < 15, "has inputs of a large scale", "differences that do not overflow");
  const std::int16_t* exponential = node.keep(exponential_table());
  const std::int16_t* reciprocal = node.keep(reciprocal_table());
  node.apply(
      nn::int16::Softmax{.rows = rows, .classes = classes, .scale = to, .exponential = exponential, .reciprocal = reciprocal});
}

void lower(Lowering& node) {
  const Tensor &x = node.input(), &y = node.output();
  const std::int32_t classes = x.shape.empty() ? 1 : x.shape.back();
  const std::int32_t rows = node.count() / classes;
  if (x.type == Type::float32)
    return node.apply(nn::float32::Softmax{.rows = rows, .classes = classes, .beta = node.real("beta", 1)});
  if (x.type == Type::int16) return lower_int16(node, rows, classes);
  if (y.type == Type::int8) {
    node.require(scale(y) == 1.0f / 256 && zero(y) == -128, "has an output of another scale", "scale 1/256 and zero point -128");
    return lower_int8<nn::int8::Softmax>(node, rows, classes);
  }
  node.require(std::abs(scale(y) * 65536 - 1) < 0.001f && zero(y) == -32768, "has an output of another scale",
               "scale 1/65536 and zero point -32768");
  lower_int8<nn::int16::SoftmaxOfInt8>(node, rows, classes);
}

const OperatorKind softmax{
    {.name = "softmax", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// What ONNX Runtime computes in float with the zero point added before the rounding: QLinearAdd, QLinearMul, and the codes behind
// an average. Attribute "unsigned": the file's codes have no sign, so that they lie 128 higher than those here.
#include "nn/int8/fused_add.hpp"
#include "nn/int8/mul.hpp"
#include "nn/int8/quantize.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

std::int32_t offset(const Node& node) { return node.whole("unsigned") != 0 ? 128 : 0; }

void check(const Node& node) {
  check_broadcast(node);
  node.whole("unsigned");
}

void lower_add(Lowering& node) {
  const std::int32_t from = offset(node);
  const auto given = [&](const Tensor& tensor) { return static_cast<float>(zero(tensor) + from); };
  const Tensor &a = node.input(0), &b = node.input(1), &y = node.output();
  const float a_scale = scale(a) / scale(y), b_scale = scale(b) / scale(y);
  node.apply(nn::int8::FusedAdd{.shape = broadcast(node),
                                .offset = from,
                                .a_scale = a_scale,
                                .b_scale = b_scale,
                                .rest = given(y) - (a_scale * given(a) + b_scale * given(b))},
             {0, 1});
}

template <std::int32_t Offset>
void apply_mul(Lowering& node) {
  node.apply(
      nn::int8::MulOf<std::int8_t, nn::int8::Float32ZeroFirst<Offset>>{
          .shape = broadcast(node),
          .a_zero = zero(node.input(0)),
          .b_zero = zero(node.input(1)),
          .scale = scale(node.input(0)) * scale(node.input(1)) / scale(node.output()),
          .range = whole_range(node.output())},
      {0, 1});
}
void lower_mul(Lowering& node) { offset(node) != 0 ? apply_mul<128>(node) : apply_mul<0>(node); }

void check_quantize(const Node& node) {
  node.require_inputs(1, 1);
  node.whole("unsigned");
  node.set_output_type({Type::int8});
  node.set_output(node.input().shape);
}
template <std::int32_t Offset>
void apply_quantize(Lowering& node) {
  node.apply(nn::int8::QuantizeTo<std::int8_t, nn::int8::Float32ZeroFirst<Offset>>{
      .count = node.count(), .scale = scale(node.output()), .range = whole_range(node.output())});
}
void lower_quantize(Lowering& node) { offset(node) != 0 ? apply_quantize<128>(node) : apply_quantize<0>(node); }

const OperatorKind add{{.name = "qlinear_add", .types = {Type::int8}, .check = check, .lower = lower_add}};
const OperatorKind mul{{.name = "qlinear_mul", .types = {Type::int8}, .check = check, .lower = lower_mul}};
const OperatorKind quantize{
    {.name = "quantize_zero_first", .types = {Type::float32}, .check = check_quantize, .lower = lower_quantize}};

}  // namespace

}  // namespace tools::importer

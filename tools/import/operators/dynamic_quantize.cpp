// DYNAMIC_QUANTIZE: codes of 8 bits, their scale and their zero point, which follow from the numbers.
#include "nn/int8/dynamic_quantize.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1, 3);
  node.require_type(0, {Type::float32});
  const Type types[]{Type::int8, Type::float32, Type::int8};
  for (std::size_t i = 0; i < 3; ++i) {
    node.set_output_type({types[i]}, i);
    node.set_output(i == 0 ? node.input().shape : Shape{}, i);
  }
}

void lower(Lowering& node) {
  const int x = node.op.inputs[0], scale = node.op.outputs[1], zero = node.op.outputs[2];
  node.apply_to({x}, nn::int8::DynamicScale{node.count()}, 1);
  node.apply_to({x, scale}, nn::int8::DynamicZero{node.count()}, 2);
  node.apply_to({x, scale, zero}, nn::int8::DynamicCodes{node.count()}, 0);
}

const OperatorKind kind{{.name = "dynamic_quantize", .types = {Type::float32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

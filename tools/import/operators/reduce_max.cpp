// REDUCE_MAX.
#include "nn/float32/pool_2d.hpp"
#include "nn/int8/max_pool_2d.hpp"
#include "tools/import/operators/reduction.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  require_same_quantization(node);
  if (node.input().type == Type::int8) return node.apply(nn::int8::MaxPool2d{.window = reduced(node), .range = {}});
  node.apply(nn::float32::Pool2d{.window = reduced(node), .pooling = nn::float32::Pooling::largest, .limits = {}});
}

const OperatorKind reduce_max{{.name = "reduce_max", .types = {Type::float32, Type::int8}, .check = check_reduction, .lower = lower}};

}  // namespace

}  // namespace tools::importer

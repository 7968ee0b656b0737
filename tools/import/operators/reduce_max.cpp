// REDUCE_MAX.
#include "nn/float32/pool_2d.hpp"
#include "nn/graph/largest.hpp"
#include "nn/int8/max_pool_2d.hpp"
#include "tools/import/operators/float.hpp"
#include "tools/import/operators/reduction.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  require_same_quantization(node);
  const bool image = reduces_image(node);
  switch (node.input().type) {
    case Type::float32:
      if (!image) return node.apply(nn::graph::Largest<float>{.reduction = reduction(node)});
      return node.apply(nn::float32::Pool2d{.window = reduced_image(node), .pooling = nn::float32::Pooling::largest, .limits = unlimited});
    case Type::int16: return node.apply(nn::graph::Largest<std::int16_t>{.reduction = reduction(node)});
    case Type::int32: return node.apply(nn::graph::Largest<std::int32_t>{.reduction = reduction(node)});
    default:
      if (!image) return node.apply(nn::graph::Largest<std::int8_t>{.reduction = reduction(node)});
      node.apply(nn::int8::MaxPool2d{.window = reduced_image(node), .range = {}});
  }
}

const OperatorKind reduce_max{{.name = "reduce_max", .types = {Type::float32, Type::int8, Type::int16, Type::int32}, .check = check_reduction, .lower = lower}};

}  // namespace

}  // namespace tools::importer

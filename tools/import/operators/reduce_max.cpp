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
  const Type type = node.input().type;
  if (reduces_image(node) && type == Type::float32)
    return node.apply(
        nn::float32::Pool2d{.window = reduced_image(node), .pooling = nn::float32::Pooling::largest, .limits = unlimited});
  if (reduces_image(node) && type == Type::int8)
    return node.apply(nn::int8::MaxPool2d{.window = reduced_image(node), .range = {}});
  with_number_of(type, [&]<class Number>(Number) { node.apply(nn::graph::Largest<Number>{.reduction = reduction(node)}); });
}

const std::vector<Type> types{Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8};
const OperatorKind reduce_max{{.name = "reduce_max", .types = types, .check = check_reduction, .lower = lower}};

}  // namespace

}  // namespace tools::importer

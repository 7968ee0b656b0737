// CAST: the stored numbers in another type.
#include "nn/graph/cast.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({node.output().type});
  node.set_output(node.input().shape);
}

template <class To, class From>
void apply(Lowering& node) {
  if constexpr (std::is_same_v<To, From>)
    node.pass();
  else
    node.apply(nn::graph::Cast<To, From>{.count = node.count()});
}

template <class From>
void lower_from(Lowering& node) {
  switch (node.output().type) {
    case Type::float32: return apply<float, From>(node);
    case Type::int32: return apply<std::int32_t, From>(node);
    case Type::int16: return apply<std::int16_t, From>(node);
    case Type::int8: return apply<std::int8_t, From>(node);
    case Type::uint8: return apply<std::uint8_t, From>(node);
    case Type::boolean: return apply<bool, From>(node);
    default: node.require_type(node.output(), "an output", Type::float32);
  }
}

void lower(Lowering& node) {
  switch (node.input().type) {
    case Type::int32: return lower_from<std::int32_t>(node);
    case Type::int16: return lower_from<std::int16_t>(node);
    case Type::int8: return lower_from<std::int8_t>(node);
    case Type::uint8: return lower_from<std::uint8_t>(node);
    case Type::boolean: return lower_from<bool>(node);
    default: return lower_from<float>(node);
  }
}

const OperatorKind cast{
    {.name = "cast", .types = {Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8, Type::boolean}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// MAXIMUM and MINIMUM: of the numbers as they are stored, so all have one quantization.
#include "nn/graph/extremum.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

template <class Number>
void lower_numbers(Lowering& node) {
  node.apply(nn::graph::Extremum<Number>{.shape = broadcast(node), .greatest = node.op.kind == "maximum"}, {0, 1});
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const std::vector<Type> types{Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8};
const OperatorKind maximum{{.name = "maximum", .types = types, .check = check_broadcast, .lower = lower}};
const OperatorKind minimum{{.name = "minimum", .types = types, .check = check_broadcast, .lower = lower}};

}  // namespace

}  // namespace tools::importer

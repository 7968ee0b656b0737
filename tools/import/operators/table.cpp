// A function of one code as a table of its 256 values, from the least code on: input 1, known beforehand.
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {Type::int8});
  node.require_constant(1, "values");
  node.require(element_count(node.input(1).shape) == 256, "has a table of another length", "256 values");
  node.set_output_type({Type::int8});
  node.set_output(node.input().shape);
}

void lower(Lowering& node) {
  const std::vector<std::int8_t> values = numbers<std::int8_t>(node.input(1));
  apply_table(node, [&](std::int32_t code) { return values[static_cast<std::size_t>(code + 128)]; });
}

const OperatorKind table{{.name = "table", .types = {Type::int8}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

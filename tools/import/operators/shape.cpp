// SHAPE: known beforehand, as all shapes are.
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({Type::int32, Type::int64});
  node.set_output({static_cast<int>(node.input().shape.size())});
}

std::vector<std::vector<std::uint8_t>> fold(const Node& node) {
  const int bytes = node.output().type == Type::int64 ? 8 : 4;
  std::vector<std::uint8_t> shape;
  for (int extent : node.input().shape)
    for (int i = 0; i < bytes; ++i) shape.push_back(i < 4 ? static_cast<std::uint8_t>(extent >> (8 * i)) : std::uint8_t{0});
  return {std::move(shape)};
}

const OperatorKind shape{{.name = "shape", .check = check, .fold = fold}};

}  // namespace

}  // namespace tools::importer

// STANDARDIZE: each row [rows][width] to the mean 0 and the variance 1.
#include "nn/float32/standardize.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  check_like_input(node);
  node.require_rank(0, 2);
  node.require(node.real("epsilon") >= 0, "has an epsilon below 0", "at least 0");
}

void lower(Lowering& node) {
  const Shape& shape = node.input().shape;
  node.apply(nn::float32::Standardize{.rows = shape[0], .width = shape[1], .epsilon = node.real("epsilon")});
}

const OperatorKind standardize{{.name = "standardize", .types = {Type::float32}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// DIV.
#include "nn/float32/arithmetic.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/float.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  node.apply(nn::float32::Arithmetic{.shape = broadcast(node), .combination = nn::float32::Combination::quotient, .limits = limits(node.activation())},
             {0, 1});
}

const OperatorKind div{{.name = "div", .types = {Type::float32}, .check = check_broadcast, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// FROM_THE_END: indices below 0 count from the end.
#include "nn/graph/from_the_end.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  node.apply(
      nn::graph::FromTheEnd{.count = node.count(), .extent = static_cast<std::int32_t>(node.whole("extent", 1, 1, 1 << 28))});
}

const OperatorKind from_the_end{{.name = "from_the_end", .types = {Type::int32}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// LOG_SOFTMAX over the last dimension.
#include "nn/float32/log_softmax.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

namespace {

void lower(Lowering& node) {
  const Shape& shape = node.input().shape;
  const std::int32_t classes = shape.empty() ? 1 : shape.back();
  node.apply(nn::float32::LogSoftmax{.rows = node.count() / classes, .classes = classes});
}

const OperatorKind log_softmax{{.name = "log_softmax", .types = {Type::float32}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer

// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND: an image as a batch of coarser ones, and back. Around a convolution they make it a
// dilated one, which dilation.hpp sees first.
#include "nn/graph/batch_to_space.hpp"
#include "nn/graph/space_to_batch.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/blocks.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

bool to_batch(const Node& node) { return node.op.kind == "space_to_batch_nd"; }

void check(const Node& node) {
  node.require_inputs(3, 3);
  node.set_output_type({node.input().type});
  node.require_one_scale(0);
  const Blocks by = blocks(node);
  Shape y = node.input().shape;
  const std::int64_t parts = std::int64_t{by.height} * by.width;
  if (!to_batch(node) && y[0] % parts != 0) node.refuse(text("makes images of ", y[0], " parts"), text("a multiple of ", parts));
  y[0] = to_batch(node) ? Node::extent(y[0] * parts) : static_cast<int>(y[0] / parts);
  const auto change = [&](int& extent, int block, std::int64_t edges) {
    if (to_batch(node) && (extent + edges) % block != 0)
      node.refuse(text("divides ", extent + edges, " rows or columns, padding included, by ", block), "extents that it divides");
    extent = Node::extent(to_batch(node) ? (extent + edges) / block : std::int64_t{extent} * block - edges);
  };
  change(y[1], by.height, std::int64_t{by.top} + by.bottom);
  if (y.size() == 4) change(y[2], by.width, std::int64_t{by.left} + by.right);
  node.set_output(y);
}

// Three dimensions: rows of one column.
nn::graph::Extent image(const Shape& shape) { return {shape[1], shape.size() == 4 ? shape[2] : 1, shape.back()}; }

template <class Number>
void lower_numbers(Lowering& node) {
  const Blocks by = blocks(node);
  const Shape &x = node.input().shape, &y = node.output().shape;
  const nn::graph::Pair block{by.height, by.width}, before{by.top, by.left};
  if (!to_batch(node))
    return node.apply(
        nn::graph::BatchToSpace<Number>{.batch = y[0], .input = image(x), .output = image(y), .block = block, .before = before});
  const bool quantized = sizeof(Number) == 1 && !std::is_same_v<Number, bool>;
  const Number value = quantized ? static_cast<Number>(zero(node.output())) : Number{};
  node.apply(nn::graph::SpaceToBatch<Number>{
      .batch = x[0], .input = image(x), .output = image(y), .block = block, .before = before, .value = value});
}

void lower(Lowering& node) {
  require_same_quantization(node);
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind space_to_batch_nd{{.name = "space_to_batch_nd", .types = computed_types, .check = check, .lower = lower}};
const OperatorKind batch_to_space_nd{{.name = "batch_to_space_nd", .types = computed_types, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer

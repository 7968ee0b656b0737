// PICK_PIXELS and MIX_PIXELS: an image of another size; which rows and columns of the input each of the output is made of is
// listed.
#include <algorithm>

#include "nn/float32/mix_pixels.hpp"
#include "nn/graph/resize_nearest.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/windows.hpp"

namespace tools::importer {

namespace {

void check(const Node& node) {
  node.require_inputs(1, 1);
  node.require_rank(0, 4);
  node.set_output_type({node.input().type});
  const Shape& x = node.input().shape;
  for (const char* name : {"rows", "rows_after", "columns", "columns_after"})
    for (std::int64_t index : node.list(name))
      if (index < 0 || index >= x[name[0] == 'r' ? 1 : 2]) node.refuse(text("reads index ", index), "those of its input");
  node.set_output({x[0], Node::extent(static_cast<std::int64_t>(node.list("rows").size())),
                   Node::extent(static_cast<std::int64_t>(node.list("columns").size())), x[3]});
}

const std::int32_t* kept(Lowering& node, const char* name) {
  std::vector<std::int32_t> values;
  for (std::int64_t value : node.list(name)) values.push_back(static_cast<std::int32_t>(value));
  return node.keep(std::move(values));
}

template <class Number>
void lower_pick(Lowering& node) {
  const std::int32_t *row = kept(node, "rows"), *column = kept(node, "columns");
  node.apply(nn::graph::ResizeNearest<Number>{.batch = node.input().shape[0],
                                              .input = image(node, node.input()),
                                              .output = image(node, node.output()),
                                              .row = row,
                                              .column = column});
}

void lower(Lowering& node) {
  if (node.input().type == Type::float32) return lower_pick<float>(node);
  lower_pick<std::int8_t>(node);
}

void lower_mix(Lowering& node) {
  nn::float32::MixPixels mix{.batch = node.input().shape[0],
                             .input = image(node, node.input()),
                             .output = image(node, node.output()),
                             .row = nullptr,
                             .row_after = nullptr,
                             .row_share = nullptr,
                             .column = nullptr,
                             .column_after = nullptr,
                             .column_share = nullptr};
  mix.row = kept(node, "rows");
  mix.row_after = kept(node, "rows_after");
  mix.row_share = kept(node, "rows_share");
  mix.column = kept(node, "columns");
  mix.column_after = kept(node, "columns_after");
  mix.column_share = kept(node, "columns_share");
  node.apply(mix);
}

const OperatorKind pick{{.name = "pick_pixels", .types = {Type::float32, Type::int8}, .check = check, .lower = lower}};
const OperatorKind mix{{.name = "mix_pixels", .types = {Type::float32}, .check = check, .lower = lower_mix}};

}  // namespace

}  // namespace tools::importer

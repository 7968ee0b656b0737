// RESIZE_BILINEAR.
#include "nn/float32/resize_bilinear.hpp"
#include "nn/int8/resize_bilinear.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/resize.hpp"

namespace tools::importer {

namespace {

// In 1/1024: how far two places of the output lie apart in the input, and where the first one lies.
struct Places {
  std::int32_t scale;
  std::int32_t offset;
};

Places between(const Node& node, std::int64_t input, std::int64_t output) {
  const bool corners = node.flag("align_corners") && output > 1;
  const std::int64_t first = corners ? input - 1 : input;
  const std::int64_t last = corners ? output - 1 : output;
  const std::int64_t scale = (1024 * first + last / 2) / last;
  const std::int64_t offset = node.flag("half_pixel_centers") ? scale / 2 - 512 : 0;
  const std::int64_t farthest = ((output - 1) * scale + offset) / 1024;
  if (farthest >= input || input >= 1 << 20 || output >= 1 << 20)
    node.refuse(text("makes ", output, " rows or columns of ", input), "an enlargement whose last place lies within the input");
  return {static_cast<std::int32_t>(scale), static_cast<std::int32_t>(offset)};
}

// How far two places of the output lie apart in the input.
float distance(const Node& node, std::int32_t input, std::int32_t output) {
  constexpr std::int32_t most = 1 << 20;
  if (input > most || output > most) node.refuse(text("makes ", output, " rows or columns of ", input), text("at most ", most));
  const bool corners = node.flag("align_corners") && output > 1;
  return static_cast<float>(corners ? input - 1 : input) / static_cast<float>(corners ? output - 1 : output);
}

void lower(Lowering& node) {
  const nn::graph::Extent input = image(node, node.input()), output = image(node, node.output());
  if (node.input().type == Type::float32)
    return node.apply(nn::float32::ResizeBilinear{.batch = node.input().shape[0], .input = input, .output = output,
                                                  .row_scale = distance(node, input.height, output.height),
                                                  .column_scale = distance(node, input.width, output.width),
                                                  .centered = node.flag("half_pixel_centers")});
  const Places rows = between(node, input.height, output.height), columns = between(node, input.width, output.width);
  node.apply(nn::int8::ResizeBilinear{.batch = node.input().shape[0], .input = input, .output = output,
                                      .scale = {rows.scale, columns.scale}, .offset = {rows.offset, columns.offset}});
}

const OperatorKind kind{{.name = "resize_bilinear", .types = {Type::float32, Type::int8}, .check = check_resize, .lower = lower}};

}  // namespace

}  // namespace tools::importer

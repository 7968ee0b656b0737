#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

void check_like_input(const Node& node) {
  node.require_inputs(1, 1);
  node.set_output_type({node.input().type});
  node.set_output(node.input().shape);
}

void check_broadcast(const Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {node.input().type});
  node.require_one_scale(0);
  node.require_one_scale(1);
  node.set_output_type({node.input().type});
  node.set_output(broadcast_shape(node, node.input(0).shape, node.input(1).shape));
}

nn::graph::Broadcast broadcast(const Node& node) {
  const Shape &a = node.input(0).shape, &b = node.input(1).shape, &whole = node.output().shape;
  const std::int32_t count = static_cast<std::int32_t>(element_count(whole));
  nn::graph::Broadcast shape{};
  constexpr std::size_t dimensions = std::size(decltype(shape.extent){});
  if (element_count(a) == count && element_count(b) == count) {
    std::fill_n(shape.extent, dimensions - 1, 1);
    shape.extent[dimensions - 1] = count;
    shape.a_step[dimensions - 1] = shape.b_step[dimensions - 1] = 1;
    return shape;
  }
  const auto y = in_front<dimensions>(node, whole);
  const std::array inputs{in_front<dimensions>(node, a), in_front<dimensions>(node, b)};
  std::copy(y.begin(), y.end(), shape.extent);
  for (std::size_t i = 0; i < 2; ++i) {
    std::int32_t step = 1;
    for (std::size_t d = dimensions; d-- > 0; step *= inputs[i][d])
      (i == 0 ? shape.a_step : shape.b_step)[d] = inputs[i][d] == 1 ? 0 : step;
  }
  return shape;
}

Passage broadcast_passage(const nn::graph::Broadcast& shape, const Channels& channels) {
  constexpr std::size_t last = std::size(decltype(shape.extent){}) - 1;
  const bool passed[]{shape.extent[last] == 1 || shape.a_step[last] != 0, shape.extent[last] == 1 || shape.b_step[last] != 0};
  std::int32_t most = 1;
  for (std::size_t i = 0; i < 2; ++i)
    if (passed[i]) most = std::max(most, channels[i]);
  bool fit = shape.extent[last] % most == 0;
  for (std::size_t i = 0; i < 2; ++i) fit = fit && (!passed[i] || most % channels[i] == 0);
  if (!fit) most = shape.extent[last];
  return {most, 1, {{most, 0, passed[0]}, {most, 0, passed[1]}}};
}

void shrink_broadcast(nn::graph::Broadcast& shape, const Shrinking& by) {
  constexpr std::size_t last = std::size(decltype(shape.extent){}) - 1;
  const std::int32_t before = shape.extent[last];
  const std::int32_t after = by.output(before);
  for (std::int32_t* step : {shape.a_step, shape.b_step})
    for (std::size_t d = 0; d < last && step[last] != 0; ++d) step[d] = step[d] / before * after;
  shape.extent[last] = after;
}

}  // namespace tools::importer

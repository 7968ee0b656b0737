#include "tools/import/operators/windows.hpp"

#include <algorithm>

#include "tools/import/limits.hpp"

namespace tools::importer {

namespace {

// Padding that the model states: top, left, bottom, right.
std::vector<std::int64_t> stated(const Node& node, int height, int width) {
  const Moves by = moves(node);
  const std::int64_t reach[]{(std::int64_t{height} - 1) * by.dilation_h, (std::int64_t{width} - 1) * by.dilation_w};
  const std::vector<std::int64_t> pads = node.list("pads");
  bool good = pads.size() == 4;
  for (std::size_t i = 0; good && i < 4; ++i) good = 0 <= pads[i] && pads[i] <= reach[i % 2];
  if (!good) node.refuse("has paddings as large as its window", "four smaller ones: at the top, left, bottom and right");
  return pads;
}

std::int64_t missing(std::int64_t input, std::int64_t output, std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
  return std::max<std::int64_t>(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input);
}

}  // namespace

Moves moves(const Node& node) {
  return {node.size("stride_h", 1), node.size("stride_w", 1), node.size("dilation_h", 1), node.size("dilation_w", 1)};
}

Shape window_output(const Node& node, const Shape& x, int height, int width, int channels) {
  const Moves by = moves(node);
  const std::string padding = node.word("padding", "valid");
  const std::vector<std::int64_t> pads = padding == "explicit" ? stated(node, height, width) : std::vector<std::int64_t>(4, 0);
  const auto windows = [&](std::int64_t extent, std::int64_t filter, std::int64_t stride, std::int64_t dilation) {
    const std::int64_t reach = padding == "same" ? 1 : (filter - 1) * dilation + 1;
    return Node::extent(extent < reach ? 0 : (extent - reach) / stride + 1);
  };
  return {x[0], windows(x[1] + pads[0] + pads[2], height, by.stride_h, by.dilation_h),
          windows(x[2] + pads[1] + pads[3], width, by.stride_w, by.dilation_w), channels};
}

// Of SAME, the smaller half of what is missing.
nn::graph::Pair padding_before(const Node& node, const Shape& x, const Shape& windows, int height, int width) {
  const std::string padding = node.word("padding", "valid");
  if (padding == "explicit") {
    const std::vector<std::int64_t> pads = stated(node, height, width);
    return {static_cast<std::int32_t>(pads[0]), static_cast<std::int32_t>(pads[1])};
  }
  if (padding != "same") return {0, 0};
  const Moves by = moves(node);
  return {static_cast<std::int32_t>(missing(x[1], windows[1], height, by.stride_h, by.dilation_h) / 2),
          static_cast<std::int32_t>(missing(x[2], windows[2], width, by.stride_w, by.dilation_w) / 2)};
}

nn::graph::Extent image(const Node& node, const Tensor& tensor) {
  if (tensor.shape.size() != 4) node.refuse(text("has the shape ", tensor.shape), "four dimensions");
  return {tensor.shape[1], tensor.shape[2], tensor.shape[3]};
}

nn::graph::Window window(const Node& node, int height, int width) {
  const Moves by = moves(node);
  const auto require_reach = [&](std::int64_t kernel, std::int64_t dilation) {
    const std::int64_t reach = (kernel - 1) * dilation + 1;
    if (reach > most_reach) node.refuse(text("has a window over ", reach, " rows or columns"), text("at most ", most_reach));
  };
  require_reach(height, by.dilation_h);
  require_reach(width, by.dilation_w);
  nn::graph::Window window{};
  window.batch = node.input().shape[0];
  window.input = image(node, node.input());
  window.output = image(node, node.output());
  window.kernel = {height, width};
  window.stride = {by.stride_h, by.stride_w};
  window.dilation = {by.dilation_h, by.dilation_w};
  window.before = padding_before(node, node.input().shape, node.output().shape, height, width);
  return window;
}

}  // namespace tools::importer

// MAX_POOL_2D, AVERAGE_POOL_2D, MEAN and REDUCE_MAX: MaxPool2d, AvgPool2d, GlobalAvgPool.
#include "tools/import/layers/windows.hpp"

namespace tools::importer {

namespace {

// Of each channel of what the chain has given.
void add_global_average(Chain& chain) {
  const nn::Shape from = chain.output();
  const nn::Steps steps{.stride_rows = from.height, .stride_columns = from.width};
  chain.add({.name = "GlobalAvgPool",
             .options = "",
             .output = {.channels = from.channels},
             .constant = nn::axes_of(from, from.height, from.width, steps).constant()});
}

void add_pool(const Node& node, Chain& chain, const char* name) {
  const int height = node.size("filter_h", 1), width = node.size("filter_w", 1);
  const WindowText window = window_text(node, chain, height, width, true);
  node.require(window.axes.rows.dilation == 1 && window.axes.columns.dilation == 1,
               "has a dilated window, for which nn/ has no pooling that learns", "a dilation of 1");
  if (window.whole() && name == std::string{"AvgPool2d"})
    add_global_average(chain);
  else
    chain.add({.name = name,
               .options = text("<", height, ", ", width, window.options, ">"),
               .output = window.output,
               .constant = window.axes.constant()});
  add_activation(node, chain);
}

// Over neighbouring dimensions: what comes before them are rows, what comes behind channels.
void add_reduction(const Node& node, Chain& chain, const char* name) {
  const Shape& x = node.input().shape;
  std::vector<bool> vanishes(x.size(), false);
  for (std::int64_t axis : node.constant(1)) vanishes[node.axis(axis, x.size())] = true;
  nn::Shape seen;
  int part = 0;  // before, inside, behind
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (x[d] == 1) continue;
    if (vanishes[d] != (part == 1)) ++part;
    if (part > 2) node.refuse("reduces dimensions that are not neighbours", "such as height and width");
    (part == 0 ? seen.height : part == 1 ? seen.width : seen.channels) *= static_cast<std::size_t>(x[d]);
  }
  if (seen.width == 1) return;
  const bool average = name == std::string{"AvgPool2d"};
  if (average && seen.height == 1) {  // all places of an image, in which shape it may be
    const nn::Shape now = chain.output();
    if (now.channels != seen.channels || now.size() != seen.size()) chain.see(seen);
    return add_global_average(chain);
  }
  chain.see(seen);
  const nn::Steps steps{.stride_columns = seen.width};
  chain.add({.name = name, .options = text("<1, ", seen.width, ">"), .output = {seen.height, 1, seen.channels},
             .constant = nn::axes_of(seen, 1, seen.width, steps).constant()});
}

const LayerKind max_pool_2d{
    {.kind = "max_pool_2d", .add = [](const Node& node, Chain& chain) { add_pool(node, chain, "MaxPool2d"); }}};
const LayerKind average_pool_2d{
    {.kind = "average_pool_2d", .add = [](const Node& node, Chain& chain) { add_pool(node, chain, "AvgPool2d"); }}};
const LayerKind mean{{.kind = "mean", .add = [](const Node& node, Chain& chain) { add_reduction(node, chain, "AvgPool2d"); }}};
const LayerKind reduce_max{
    {.kind = "reduce_max", .add = [](const Node& node, Chain& chain) { add_reduction(node, chain, "MaxPool2d"); }}};

}  // namespace

}  // namespace tools::importer

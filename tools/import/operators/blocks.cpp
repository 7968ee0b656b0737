#include "tools/import/operators/blocks.hpp"

namespace tools::importer {

Blocks blocks(const Node& node) {
  constexpr std::int64_t most = 1 << 20;
  const std::size_t rank = node.input().shape.size();
  if (rank != 3 && rank != 4)
    node.refuse(text(node.input_label(0), " has the shape ", node.input().shape), "three or four dimensions");
  const std::vector<std::int64_t> block = node.constant(1), edges = node.constant(2);
  if (block.size() != rank - 2) node.refuse(text(node.input_label(1), " has ", block.size(), " numbers"), text(rank - 2));
  if (edges.size() != 2 * block.size())
    node.refuse(text(node.input_label(2), " has ", edges.size(), " numbers"), text(2 * block.size()));
  for (std::int64_t each : block)
    if (each < 1 || each > most) node.refuse(text("has blocks of ", each, " rows or columns"), text("1 to ", most));
  for (std::int64_t each : edges)
    if (each < 0 || each > most) node.refuse(text("has an edge of ", each, " rows or columns"), text("0 to ", most));
  const auto at = [](const std::vector<std::int64_t>& all, std::size_t i, std::int64_t otherwise) {
    return static_cast<int>(i < all.size() ? all[i] : otherwise);
  };
  return {at(block, 0, 1), at(block, 1, 1), at(edges, 0, 0), at(edges, 1, 0), at(edges, 2, 0), at(edges, 3, 0)};
}

}  // namespace tools::importer

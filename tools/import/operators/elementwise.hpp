// What operators share that work number by number: on one tensor, or on two whose shapes fit each other.
#pragma once

#include "nn/graph/broadcast.hpp"
#include "tools/import/broadcast_shape.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

// One input; the output is like it.
void check_like_input(const Node& node);
// Two inputs of one type. Extents are compared from the last; one that is 1 or lacking goes with any.
void check_broadcast(const Node& node);

// At most `Dimensions` dimensions, those that are missing in front.
template <std::size_t Dimensions = 5>
std::array<std::int32_t, Dimensions> in_front(const Node& node, const Shape& shape) {
  node.require(
      shape.size() <= Dimensions, [&] { return text("has a tensor of the shape ", shape); },
      [] { return text("at most ", Dimensions, " dimensions"); });
  std::array<std::int32_t, Dimensions> all{};
  all.fill(1);
  std::copy(shape.begin(), shape.end(), all.end() - static_cast<std::ptrdiff_t>(shape.size()));
  return all;
}

// How inputs 0 and 1 go together.
nn::graph::Broadcast broadcast(const Node& node);

// How their channels do: the most channels that any input has, if they go into the last dimension and those of the others into
// them.
Passage broadcast_passage(const nn::graph::Broadcast& shape, const Channels& channels);
void shrink_broadcast(nn::graph::Broadcast& shape, const Shrinking& by);

}  // namespace tools::importer

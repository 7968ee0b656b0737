// ByRows<Net>: a network that runs row by row of its input as far as it can: each layer holds only the rows that the next ones
// still read, and nothing is computed twice. The same products, the same bits. Of graphs: by_rows.hpp; of layers:
// nn/rows/by_rows.hpp.
//
//   nn::ByRows<Net>                        its input lies in memory as a whole
//   nn::ByRows<Net, 2>                     of a graph: two rows at once, where rows are odd in pixels and kernels like pairs
//   nn::ByRows<Net, 1, nn::Feed::rows>     net.push_row(row) for each row of the input, which is never whole in memory
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>

#include "nn/mistaken.hpp"

namespace nn::graph {

// How the input comes.
enum class Feed { whole, rows };

template <class Net, std::int32_t AtOnce = 1, Feed Fed = Feed::whole>
class ByRows {
  static_assert(mistaken<Net>,
                "nn::ByRows<Net>: expected an nn::Network, with nn/rows/by_rows.hpp, or an nn::Graph, with nn/graph/by_rows.hpp");

 public:
  constexpr explicit ByRows(auto&&...) {}
};

}  // namespace nn::graph

namespace nn {

using graph::ByRows;
using graph::Feed;

}  // namespace nn

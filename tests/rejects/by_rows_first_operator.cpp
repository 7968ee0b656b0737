// error: nn::ByRows<Graph>: its first operator cannot run by rows
#include "nn/graph/by_rows.hpp"
#include "nn/graph/from_the_end.hpp"

inline constexpr nn::graph::FromTheEnd turned{.count = 24, .extent = 24};
using Net = nn::Graph<nn::Tensors<nn::Tensor<std::int32_t, 1, 4, 3, 2>, nn::Tensor<std::int32_t, 1, 4, 3, 2>>, nn::Inputs<0>,
                      nn::Outputs<1>, nn::Apply<turned, 1, 0>>;
nn::ByRows<Net> net;

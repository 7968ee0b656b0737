// error: or an nn::Graph, with nn/graph/by_rows.hpp
#include "nn/graph/graph.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/feed.hpp"

inline constexpr nn::graph::Copy<float> copy{.count = 24};
using Net = nn::Graph<nn::Tensors<nn::Tensor<float, 1, 4, 3, 2>, nn::Tensor<float, 1, 4, 3, 2>>, nn::Inputs<0>, nn::Outputs<1>,
                      nn::Apply<copy, 1, 0>>;
nn::ByRows<Net> net;

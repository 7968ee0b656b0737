// error: nn::Part<Whole, First, Tensor>: its numbers have another type than those of the tensor that it is a part of
#include "nn/graph/operators.hpp"

constexpr nn::graph::Copy<std::int16_t> copy{2};
using Net = nn::Graph<nn::Tensors<nn::Tensor<float, 4>, nn::Part<0, 2, nn::Tensor<std::int16_t, 2>>, nn::Tensor<std::int16_t, 2>>,
                      nn::Inputs<0>, nn::Outputs<2>, nn::Apply<copy, 2, 1>>;
Net net;

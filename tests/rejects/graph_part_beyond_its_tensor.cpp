// error: nn::Part<Whole, First, Tensor>: it reaches beyond the tensor that it is a part of
#include "nn/graph/operators.hpp"

constexpr nn::graph::Copy<float> copy{3};
using Net = nn::Graph<nn::Tensors<nn::Tensor<float, 4>, nn::Part<0, 2, nn::Tensor<float, 3>>, nn::Tensor<float, 3>>,
                      nn::Inputs<0>, nn::Outputs<2>, nn::Apply<copy, 2, 1>>;
Net net;

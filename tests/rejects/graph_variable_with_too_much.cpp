// error: nn::Variable<Tensor, Initial>: it has fewer numbers than its initial values
#include "nn/graph/operators.hpp"

constexpr float initial[3]{1, 2, 3};
constexpr nn::graph::Copy<float> copy{2};
using Net = nn::Graph<nn::Tensors<nn::Variable<nn::Tensor<float, 2>, &initial>, nn::Tensor<float, 2>>, nn::Inputs<>,
                      nn::Outputs<1>, nn::Apply<copy, 1, 0>>;
void begin(Net& net) { net.reset(); }

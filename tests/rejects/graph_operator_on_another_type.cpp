// error: nn::Apply<operator, output, inputs>: the operator takes tensors of other types, or not so many
#include "nn/float32/float32.hpp"

constexpr float weight[1]{2}, bias[1]{0};
constexpr nn::float32::FullyConnected twice{1, 1, 1, weight, bias, {}};
using Net = nn::Graph<nn::Tensors<nn::Tensor<std::int8_t, 1>, nn::Tensor<float, 1>>, nn::Inputs<0>, nn::Outputs<1>,
                      nn::Apply<twice, 1, 0>>;
void run(Net& net) { net.run(); }

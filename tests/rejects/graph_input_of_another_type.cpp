// error: nn::Graph: this input has another type; expected net.input<I>
#include "nn/float32/float32.hpp"

constexpr float weight[1]{2}, bias[1]{0};
constexpr nn::float32::FullyConnected twice{1, 1, 1, weight, bias, {}};
using Net =
    nn::Graph<nn::Tensors<nn::Tensor<float, 1>, nn::Tensor<float, 1>>, nn::Inputs<0>, nn::Outputs<1>, nn::Apply<twice, 1, 0>>;
void fill(Net& net) { net.input<0, std::int16_t>()[0] = 1; }

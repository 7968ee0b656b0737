// error: nn::Apply<operator, output, inputs>: the operator does not work in place on what it writes
#include "nn/int8/int8.hpp"

constexpr std::int8_t weight[4]{};
constexpr std::int32_t bias[2]{};
constexpr nn::int8::Scale scale[1]{{1 << 30, -7}};
constexpr nn::int8::FullyConnected dense{1, 2, 2, weight, bias, scale, 0, {}, true};
using Net =
    nn::Graph<nn::Tensors<nn::Variable<nn::Tensor<std::int8_t, 2>>>, nn::Inputs<>, nn::Outputs<0>, nn::Apply<dense, 0, 0>>;
Net net;

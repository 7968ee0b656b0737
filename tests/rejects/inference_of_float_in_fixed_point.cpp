// error: nn::Inference: the input is a std::array or std::span of exactly Net::inputs numbers of type Net::InputNumber
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
using Fixed = Net::As<nn::Fixed16>;
Fixed::Parameters parameters;
nn::Inference<Fixed> network{parameters};
auto y = network(std::array<float, 4>{});

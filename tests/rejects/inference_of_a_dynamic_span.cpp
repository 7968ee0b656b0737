// error: of a longer or dynamic span, its .first<Net::inputs>()
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;
nn::Inference<Net> network{parameters};
auto y = network(std::span<const float>{});

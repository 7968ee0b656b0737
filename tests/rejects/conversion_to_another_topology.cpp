// error: nn::convert: the two networks must have the same layers and shapes
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Relu>;
using Other = nn::Network<nn::Fixed16, nn::Input<3>, nn::Dense<2>, nn::Tanh>;

Other::Parameters parameters;
const auto changes = nn::convert<Net, Other>({}, parameters);

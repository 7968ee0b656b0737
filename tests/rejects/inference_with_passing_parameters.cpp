// error: nn::Inference: expected parameters that stay, a variable; these would be gone before the first call
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Inference<Net> network{Net::Parameters{}};

// error: nn::Causal: Same pads a sequence at both ends; expected one of them
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4, 1>, nn::Conv1d<2, 3, nn::Same, nn::Causal>, nn::Dense<2>, nn::Softmax>;
Net::Parameters parameters;

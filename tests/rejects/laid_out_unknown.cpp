// error: nn::LaidOut<Net, parameters>: the compiler does not know these parameters; expected a constexpr variable
#include "nn/nn.hpp"

using Net = nn::Network<nn::Fixed8, nn::Input<4>, nn::Dense<3>>;
Net::Parameters parameters;
using Quick = nn::LaidOut<Net, parameters>;
Quick quick;

// error: nn::ByRows<Network>: its input is one row; expected several, or nn::Streaming for frames over time
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8>, nn::Dense<2>>;
Net::Parameters parameters;
nn::ByRows<Net> net{parameters};

// error: nn::ByRows<Network>: the first layer cannot run by rows; expected an input of several rows, and a convolution, a pooling or what is computed pixel by pixel
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Dense<2>>;
Net::Parameters parameters;
nn::ByRows<Net> net{parameters};

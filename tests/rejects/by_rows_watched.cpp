// error: nn::ByRows<Network>: Watched looks at whole maps; expected nn::Inference
#include "nn/nn.hpp"

using Net = nn::Network<nn::Watched<nn::Fixed16>, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
Net::Parameters parameters;
nn::ByRows<Net> net{parameters};

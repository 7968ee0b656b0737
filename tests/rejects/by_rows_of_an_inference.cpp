// error: nn::ByRows<Net>: expected an nn::Network, with nn/rows/by_rows.hpp, or an nn::Graph, with nn/graph/by_rows.hpp
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<8, 8, 1>, nn::Conv2d<2, 3, 3>>;
Net::Parameters parameters;
nn::ByRows<nn::Inference<Net>> net{parameters};

// error: nn::Softmax: of one output it is always 1; expected Dense<1>, Sigmoid with BinaryCrossEntropy, or two outputs and more
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<1>, nn::Softmax>;
nn::Trainer<Net, nn::MeanSquaredError> trainer{{}, 1};

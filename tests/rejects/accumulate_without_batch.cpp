// error: nn::Trainer: there is nothing to accumulate in a batch of 1
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::Sgd> trainer{{.rate = 0.1f}, 1};
float loss = trainer.accumulate(std::array<float, 4>{}, 1);

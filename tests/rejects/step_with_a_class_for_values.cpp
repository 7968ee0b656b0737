// error: and the target of its loss: a class number, or a std::array or std::span of exactly Net::outputs numbers
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::MeanSquaredError, nn::Sgd> trainer{{.rate = 0.1f}, 1};
float loss = trainer.step(std::array<float, 4>{}, 1);

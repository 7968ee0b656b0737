// error: nn::Trainer: step.. of this trainer takes a batch, a std::array or std::span of exactly Batch samples
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::Sgd, 8> trainer{{.rate = 0.1f}, 1};
float loss = trainer.step(std::array<float, 4>{}, 1);

// error: nn::Trainer: what nn::LaidOut lays out is constant; expected its Net
#include "nn/nn.hpp"

using Net = nn::Network<nn::Fixed8Stochastic, nn::Input<4>, nn::Dense<3>, nn::Softmax>;
constexpr Net::Parameters parameters{};
nn::Trainer<nn::LaidOut<Net, parameters>, nn::CrossEntropy> trainer{{.rate = 0.1f}, 1};

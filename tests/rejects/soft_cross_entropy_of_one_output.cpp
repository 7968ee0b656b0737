// error: nn::SoftCrossEntropy: Softmax of one output is always 1, end in Dense<1>, Sigmoid with BinaryCrossEntropy
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<1>, nn::Softmax>;
nn::Trainer<Net, nn::SoftCrossEntropy> trainer{{}, 1};
float loss = trainer.step(Net::Input{}, Net::Output{});

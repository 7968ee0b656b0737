// error: nn::ClipNorm: clipping looks at the whole gradient before it changes anything, which needs a batch of 2 or more
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, nn::ClipNorm<nn::Sgd>> trainer{{}, 1};

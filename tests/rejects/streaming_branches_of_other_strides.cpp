// error: nn::Streaming: branches that are joined must move over time alike
#include "nn/nn.hpp"

using Net = nn::Network<float, nn::Input<7, 2>,
                        nn::Concat<nn::Branch<nn::Conv1d<2, 3, nn::Stride<1, 2>>>, nn::Branch<nn::Conv1d<2, 5>>>, nn::Dense<2>>;
Net::Parameters parameters;
nn::Streaming<Net, 2> stream{parameters};

// UsualLoss<Net>: the loss that a network's last layer asks for: cross-entropy after Softmax, binary after Sigmoid, else the
// mean squared error.
#pragma once

#include <type_traits>

#include "nn/nn.hpp"

namespace tools {

template <class Net, class Last = typename Net::template Spec<Net::layers - 1>>
using UsualLoss =
    std::conditional_t<std::is_same_v<Last, nn::Sigmoid>, nn::BinaryCrossEntropy,
                       std::conditional_t<std::is_same_v<Last, nn::Softmax>, nn::CrossEntropy, nn::MeanSquaredError>>;

}  // namespace tools

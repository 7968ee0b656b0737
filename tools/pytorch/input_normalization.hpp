// --mean and --std: how inputs are normalized before they go in, as torchvision's Normalize does: (x - mean) / std; one number
// for all, one for each channel, or one for each input.
#pragma once

#include "nn/shape.hpp"
#include "tools/model/normalization.hpp"
#include "tools/options.hpp"

namespace tools::pytorch {

// Of a network with this input. Throws Failure.
Normalization input_normalization(Options& options, nn::Shape input);

}  // namespace tools::pytorch

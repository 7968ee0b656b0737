// Pad of float32.
#pragma once

#include "nn/int8/pad.hpp"

namespace nn::float32 {

using Pad = int8::PadOf<float>;

}  // namespace nn::float32

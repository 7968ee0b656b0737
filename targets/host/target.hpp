#pragma once

#include "nn/kernels.hpp"

namespace target {
using Kernels = nn::Portable;
}

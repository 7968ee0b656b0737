// Matrix: Outputs rows of Inputs numbers; row o feeds output o.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>

namespace nn {

template <class Number, std::size_t Outputs, std::size_t Inputs>
using Matrix = std::array<std::array<Number, Inputs>, Outputs>;

}  // namespace nn

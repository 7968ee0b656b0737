// Matrix: Out rows of In numbers; row o feeds output o.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>

namespace nn {

template <class Number, std::size_t Out, std::size_t In>
using Matrix = std::array<std::array<Number, In>, Out>;

}  // namespace nn

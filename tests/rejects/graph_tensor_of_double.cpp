// error: nn::Tensor<Number, extents>: numbers are std::int8_t, std::uint8_t, std::int16_t, std::int32_t, float or bool
#include "nn/graph/graph.hpp"

constexpr std::int32_t bytes = nn::Tensor<double, 3>::bytes;

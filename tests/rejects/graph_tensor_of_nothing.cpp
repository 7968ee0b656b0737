// error: nn::Tensor<Number, extents>: every extent must be at least 1
#include "nn/graph/graph.hpp"

constexpr std::int32_t bytes = nn::Tensor<float, 3, 0>::bytes;

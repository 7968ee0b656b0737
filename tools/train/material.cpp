#include "tools/train/material.hpp"

namespace tools {

template class Material<float, float>;

}  // namespace tools

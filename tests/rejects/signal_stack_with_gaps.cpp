// error: nn::signal::Stack: frames are given at least once
#include "nn/signal/stack.hpp"

using Values = nn::signal::Stack<3, 4>::Bound<float, 4>;
Values::State state;

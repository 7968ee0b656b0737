// error: nn::signal::Stack: frames are given at least every 1
#include "nn/signal/stack.hpp"

using Values = nn::signal::Stack<3, 0>::Bound<float, 4>;
Values::State state;

// error: nn::Store: a sector must be a whole number of program units
#include "nn/nn.hpp"
#include "targets/chips/simulated_flash.hpp"

template class nn::Store<SimulatedFlash<2, 1000, 16>>;

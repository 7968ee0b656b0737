// error: nn::Store: a sector must have room for a header of 20 bytes and more
#include "nn/nn.hpp"
#include "targets/chips/simulated_flash.hpp"

template class nn::Store<SimulatedFlash<8, 256, 256>>;

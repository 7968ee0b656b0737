// error: nn::Store: the newest image must stay until the next is whole, which takes two sectors
#include "nn/nn.hpp"
#include "targets/chips/simulated_flash.hpp"

template class nn::Store<SimulatedFlash<1, 1024, 4>>;

// conv1x1 64-64 25x5: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<25, 5, 64>, nn::Conv2d<64, 1, 1>>;

int main() { return bench::infer<Net>(); }

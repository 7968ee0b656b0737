// conv10x4 1-64 49x10 s2: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<49, 10, 1>, nn::Conv2d<64, 10, 4, nn::Same, nn::Stride<2>>>;

int main() { return bench::infer<Net>(); }

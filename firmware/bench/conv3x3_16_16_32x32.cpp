// conv3x3 16-16 32x32: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<32, 32, 16>, nn::Conv2d<16, 3, 3, nn::Same>>;

int main() { return bench::infer<Net>(); }

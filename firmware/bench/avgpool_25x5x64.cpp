// avgpool 25x5x64: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<25, 5, 64>, nn::GlobalAvgPool>;

int main() { return bench::infer<Net>(); }

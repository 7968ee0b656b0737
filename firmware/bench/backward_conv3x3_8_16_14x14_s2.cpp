// backward conv3x3 8-16 14x14 s2: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<14, 14, 8>, nn::Conv2d<16, 3, 3, nn::Same, nn::Stride<2>>>(); }

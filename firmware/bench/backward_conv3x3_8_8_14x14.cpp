// backward conv3x3 8-8 14x14: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<14, 14, 8>, nn::Conv2d<8, 3, 3, nn::Same>>(); }

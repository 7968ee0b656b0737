// backward conv1x1 16-16 14x14: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<14, 14, 16>, nn::Conv2d<16, 1, 1>>(); }

// backward depthwise3x3 16 14x14: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<14, 14, 16>, nn::DepthwiseConv2d<1, 3, 3, nn::Same>>(); }

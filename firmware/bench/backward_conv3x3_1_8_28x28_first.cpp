// backward conv3x3 1-8 28x28 first: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<28, 28, 1>, nn::Conv2d<8, 3, 3>, true>(); }

// maxpool2x2 32x32x16: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<32, 32, 16>, nn::MaxPool2d<2, 2>>;

int main() { return bench::infer<Net>(); }

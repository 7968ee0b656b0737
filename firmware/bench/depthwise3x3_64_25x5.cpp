// depthwise3x3 64 25x5: float fused fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<25, 5, 64>, nn::DepthwiseConv2d<1, 3, 3, nn::Same>>;

int main() { return bench::infer<Net>(); }

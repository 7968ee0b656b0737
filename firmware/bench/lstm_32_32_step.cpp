// lstm 32-32 step: float fixed16
#include "nets.hpp"

int main() { return bench::infer<nn::Network<bench::Arithmetic, nn::Input<32>, nn::Lstm<32>>>(); }

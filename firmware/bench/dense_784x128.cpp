// dense 784x128: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<784>, nn::Dense<128>>;

int main() { return bench::infer<Net>(); }

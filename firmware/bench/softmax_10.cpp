// softmax 10: float fixed16
#include "nets.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<10>, nn::Softmax>;

int main() { return bench::infer<Net>(); }

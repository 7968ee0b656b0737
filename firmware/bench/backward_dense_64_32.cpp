// backward dense 64-32: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<64>, nn::Dense<32>>(); }

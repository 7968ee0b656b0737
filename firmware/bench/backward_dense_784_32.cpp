// backward dense 784-32: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<784>, nn::Dense<32>>(); }

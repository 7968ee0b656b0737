// backward dense 784-32 first: float fixed16
#include "backward.hpp"

int main() { return bench::backward<nn::Input<784>, nn::Dense<32>, true>(); }

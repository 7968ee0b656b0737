// train 784-32-16-10 sgd b32: float fused fixed16
#include "nets.hpp"
#include "digits_28x28.hpp"

int main() { return bench::train<bench::Large, nn::Sgd, 32>(bench::digits_28x28, bench::few_steps(30)); }

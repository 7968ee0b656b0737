// train 784-32-16-10 sgd b1: float fused fixed16 fixed16_stochastic fixed8_stochastic
#include "nets.hpp"
#include "digits_28x28.hpp"

int main() { return bench::train<bench::Large, nn::Sgd, 1>(bench::digits_28x28, 1'000, {.rate = 0.01f}); }

// train 64-32-10 sgd b1: float fused fixed16 fixed16_stochastic fixed8_stochastic
#include "nets.hpp"
#include "digits_8x8.hpp"

int main() { return bench::train<bench::Small, nn::Sgd, 1>(bench::digits_8x8, 1'000, {.rate = 0.05f}); }

// train 64-32-10 adam b1: float fused fixed16
#include "nets.hpp"
#include "digits_8x8.hpp"

int main() { return bench::train<bench::Small, nn::Adam, 1>(bench::digits_8x8, bench::few_steps(10)); }

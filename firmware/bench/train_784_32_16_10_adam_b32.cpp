// train 784-32-16-10 adam b32: float
#include "nets.hpp"
#include "digits_28x28.hpp"

int main() { return bench::train<bench::Large, nn::Adam, 32>(bench::digits_28x28, 30); }

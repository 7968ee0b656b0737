#include "nets.hpp"

int main() { return bench::train<bench::Small, nn::Adam, 1>("train 64-32-10 adam b1"); }

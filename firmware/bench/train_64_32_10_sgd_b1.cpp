#include "nets.hpp"

int main() { return bench::train<bench::Small, nn::Sgd, 1>("train 64-32-10 sgd b1"); }

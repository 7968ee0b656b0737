#include "nets.hpp"

int main() { return bench::train<bench::Large, nn::Sgd, 1>("train 784-32-16-10 sgd b1"); }

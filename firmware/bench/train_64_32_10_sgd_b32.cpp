#include "nets.hpp"

int main() { return bench::train<bench::Small, nn::Sgd, 32>("train 64-32-10 sgd b32"); }

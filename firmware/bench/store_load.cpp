// store load: float fixed16
#include "stored.hpp"

int main() { return bench::stored<true, bench::Small, nn::Sgd>(); }

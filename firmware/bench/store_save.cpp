// store save: float fixed16
#include "stored.hpp"

int main() { return bench::stored<false, bench::Small, nn::Sgd>(); }

// stream words: float fixed16
#include "nets.hpp"

int main() { return bench::stream<bench::Words, 1>(); }

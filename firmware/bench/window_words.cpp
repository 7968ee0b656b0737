// window words: float fixed16
#include "nets.hpp"

int main() { return bench::infer<bench::Words>(); }

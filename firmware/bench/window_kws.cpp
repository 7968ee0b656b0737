// window kws: float fixed16
#include "nets.hpp"

int main() { return bench::infer<bench::Keywords>(); }

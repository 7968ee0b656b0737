// infer 784-32-16-10: float fused fixed16 fixed8
#include "nets.hpp"

int main() { return bench::infer<bench::Large>(); }

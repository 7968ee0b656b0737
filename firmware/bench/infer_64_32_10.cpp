// infer 64-32-10: float fused fixed16 fixed8
#include "nets.hpp"

int main() { return bench::infer<bench::Small>(); }

// infer 64-32-10: float fixed16 fixed8
#include "nets.hpp"

int main() { return bench::infer<bench::Small>(); }

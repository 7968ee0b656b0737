// infer 784-32-16-10: float fixed16 fixed8
#include "nets.hpp"

int main() { return bench::infer<bench::Large>(); }

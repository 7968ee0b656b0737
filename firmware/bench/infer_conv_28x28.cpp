// infer conv 28x28: float fixed16 fixed8
#include "nets.hpp"
#include "tests/tools/conv.hpp"

// The network of tests/tools/conv.hpp, on whole maps.
int main() { return bench::infer<conv::Digits<bench::Arithmetic>>(); }

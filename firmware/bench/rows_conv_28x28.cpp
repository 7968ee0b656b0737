// rows conv 28x28: float fixed16 fixed8
#include "nets.hpp"
#include "rows.hpp"
#include "tests/tools/conv.hpp"

int main() { return bench::rows<conv::Digits<bench::Arithmetic>>(); }

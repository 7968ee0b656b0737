// stream kws: float fixed16
#include "nets.hpp"

int main() { return bench::stream<bench::Keywords, 2>(); }

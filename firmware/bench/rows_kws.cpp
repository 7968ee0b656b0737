// rows kws: float fixed16
#include "nets.hpp"
#include "rows.hpp"

int main() { return bench::rows<bench::Keywords>(); }

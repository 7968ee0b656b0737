// keywords: int16
#include "keywords.hpp"

int main() { return bench::infer<bench::keywords::Net>(); }

#include "nets.hpp"

int main() { return bench::infer<bench::Small>("infer 64-32-10"); }

// What every bench program has besides its work; tools/bench subtracts its size.
#include "measure.hpp"

int main() {
  static float number;
  bench::fill(&number, 1);
  bench::measure("empty", 1, [] { asm volatile("" ::"r"(&number) : "memory"); });
  bench::print_stack("empty");
  return 0;
}

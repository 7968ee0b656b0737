// empty: float
// What every bench program has besides its work; tools/bench subtracts its size.
#include "nets.hpp"

int main() {
  static float number;
  bench::fill(&number, 1);
  bench::measure(bench::work, [] { asm volatile("" ::"r"(&number) : "memory"); });
  bench::print_stack(bench::work);
  return 0;
}

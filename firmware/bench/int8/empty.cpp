// empty: int8
// What every program of a quantized operator has besides its work; tools/bench subtracts its size.
#include "operators.hpp"

int main() {
  std::int8_t code;
  bench::measure(bench::work, [&] { asm volatile("" ::"r"(&code) : "memory"); }, [&] { bench::draw(&code, 1, 2); });
  bench::print(bench::work, "weights", 0);
  bench::print_stack(bench::work);
  return 0;
}

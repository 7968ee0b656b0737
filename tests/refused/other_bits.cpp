// Says whether it was compiled, and is run, so that it gives the same bits: to be compiled with options that change float.
#include "console.hpp"
#include "nn/self_check.hpp"

int main() {
  console::write(nn::same_bits() ? "the same bits\n" : "other bits\n");
  return 0;
}

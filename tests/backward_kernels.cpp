// Backward passes of convolutions on the kernels of the core.
#include "backward_sums.hpp"

int main() {
  backward::compare_all<float>();
  backward::pass_over<float>();
  backward::compare_all<nn::Fixed16>();
  return expectations_failed();
}

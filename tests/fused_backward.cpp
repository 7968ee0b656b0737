// Backward passes of convolutions by fused multiply-adds.
#include "backward_sums.hpp"

int main() {
  backward::compare_all<nn::FusedFloat>();
  backward::pass_over<nn::FusedFloat>();
  return expectations_failed();
}

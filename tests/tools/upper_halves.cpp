// Learning with vectors of 256 bits leaves their upper halves clean: code of 128 bits behind it would run three times slower.
// Built for the processor of this machine by native.cmake. Intel SDM, volume 1, section 13.2 (XINUSE) and 13.6 (INIT).
#include <array>
#include <cpuid.h>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Net = nn::Network<float, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>;

bool dirty() {
  unsigned low = 0, high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(1));
  return (low & 4) != 0;
}

template <class Optimizer>
[[gnu::noinline]] void learn() {
  static nn::Trainer<Net, nn::CrossEntropy, Optimizer, 8> trainer{{}, nn::at_run_time(1)};
  static Net::Input x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 7) / 7;
  const typename decltype(trainer)::Sample sample{x, 3};
  trainer.step(std::array{sample, sample, sample, sample, sample, sample, sample, sample});
}

}  // namespace

int main() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(0xd, 1, &a, &b, &c, &d) == 0 || (a & 4) == 0 || !__builtin_cpu_supports("avx")) return 0;  // cannot tell
  asm volatile("vpcmpeqd %%xmm0, %%xmm0, %%xmm0; vinsertf128 $1, %%xmm0, %%ymm0, %%ymm0" : : : "xmm0");
  expect(dirty());
  asm volatile("vzeroupper");
  learn<nn::Sgd>();
  expect(!dirty());
  learn<nn::Momentum>();
  expect(!dirty());
  learn<nn::RmsProp>();
  expect(!dirty());
  learn<nn::Adam>();
  expect(!dirty());
  return expectations_failed();
}

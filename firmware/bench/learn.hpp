// A learning step of the demonstrations, on drawn inputs: the mean of the first 300.
#pragma once

#include "nets.hpp"

namespace bench {

// target(x, step) is what the trainer is to learn of the input x.
template <class Trainer, class Input, class Target>
int learn(Target target) {
  static Trainer trainer{{.rate = 0.05f}, nn::at_run_time(1)};
  static Input x{};
  constexpr std::uint32_t steps = 300;
  std::uint64_t taken = 0;
  for (std::uint32_t step = 0; step < steps; ++step) {
    fill(x.data(), x.size());
    taken += ticks(1, [&] { trainer.step(x, target(x, step)); });
  }
  print(work, platform::clock_unit, taken / steps);
  print_stack(work);
  return 0;
}

}  // namespace bench

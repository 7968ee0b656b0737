// Schedules: the learning rate at each step, as a function of the step's number from 0. To be set before the step:
//   trainer.optimizer.rate = schedule(step);
#pragma once

#include <cstdint>

#include "nn/number/elementary.hpp"

namespace nn {

struct Constant {
  float rate;
  constexpr float operator()(std::uint32_t) const { return rate; }
};

// rate·factor^k after k times `every` steps. every >= 1.
struct Step {
  float rate;
  std::uint32_t every;
  float factor = 0.1f;

  constexpr float operator()(std::uint32_t step) const {
    float now = rate;
    for (std::uint32_t k = step / every; k > 0 && now > 0; --k) now *= factor;
    return now;
  }
};

// Falls along half a cosine from rate at step 0 to final_rate at `steps` and after. steps >= 1.
// Loshchilov and Hutter, SGDR (2017), without restarts.
struct Cosine {
  float rate;
  std::uint32_t steps;
  float final_rate = 0;

  constexpr float operator()(std::uint32_t step) const {
    if (step >= steps) return final_rate;
    // (1 + cos πt) / 2 = (1 - sin(π/2·(2t - 1))) / 2
    const float t = static_cast<float>(step) / static_cast<float>(steps);
    return final_rate + (rate - final_rate) * (0.5f - 0.5f * Elementary<float>::sine_quarter(2 * t - 1));
  }
};

// Rises in equal steps to the first rate of another schedule, which begins behind them: Warmup<Cosine>{{0.1f, 900}, 100}.
// Goyal et al., Accurate, Large Minibatch SGD (2017), section 2.2.
template <class Schedule>
struct Warmup {
  Schedule then;
  std::uint32_t steps;

  constexpr float operator()(std::uint32_t step) const {
    if (step >= steps) return then(step - steps);
    return then(0) * (static_cast<float>(step + 1) / static_cast<float>(steps));
  }
};

}  // namespace nn

// Plateau: a rate that falls when the loss no longer does. To be told a loss now and then, such as the mean of an epoch:
//   if (plateau.stalls(loss)) trainer.parameters = best;      and perhaps go back to the best so far
//   trainer.optimizer.rate = plateau.rate;
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>
#include <limits>

namespace nn {

struct Plateau {
  float rate;
  std::uint32_t patience = 5;  // losses in a row without a better one, from 1
  float factor = 0.5f;
  float final_rate = 0;  // the rate falls no further

  float best = std::numeric_limits<float>::infinity();
  std::uint32_t waited = 0;

  // Whether the loss has stalled, so that the rate fell just now. A NaN is no better loss.
  constexpr bool stalls(float loss) {
    if (loss < best) {
      best = loss;
      waited = 0;
      return false;
    }
    if (++waited < patience) return false;
    waited = 0;
    rate = rate * factor > final_rate ? rate * factor : final_rate;
    return true;
  }
};

}  // namespace nn

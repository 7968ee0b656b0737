// CrossEntropy behind whatever last layer: what it computes from outputs, though some of them cannot be learnt by it.
#pragma once

#include "nn/loss/cross_entropy.hpp"

struct AnyCrossEntropy : nn::CrossEntropy {
  static constexpr bool takes_distribution = false;
};

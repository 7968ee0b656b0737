// W, R and b of one gate of a recurrent operator: W [units][inputs], R [units][units], b [units].
#pragma once

#include "nn/graph/members.hpp"

namespace nn::graph {

template <class Weight, class Bias>
struct GateWeights {
  const Weight* weight;
  const Weight* recurrent;
  const Bias* bias;

  constexpr void members(auto&& list, const auto& shape) const {
    list("weight", listed(weight, shape.units * shape.inputs));
    list("recurrent", listed(recurrent, shape.units * shape.units));
    list("bias", listed(bias, shape.units));
  }
};

}  // namespace nn::graph

// Gates: the weights of a recurrent operator's gates, one gate behind the other: row g·units + u is that of unit u.
//
//   W  [gates][units][inputs]    R  [gates][units][units]    b  [gates][units]
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/graph/members.hpp"
#include "nn/graph/recurrence.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct Gates {
  const float* weight;
  const float* recurrent;
  const float* bias;

  // (W·x + b) and R·h of one row, the products added in order.
  float of_input(const graph::Recurrence& shape, std::int32_t row, const float* x) const {
    return Portable::dot_lane<float>(weight + row * shape.inputs, x, static_cast<std::size_t>(shape.inputs), 1) + bias[row];
  }
  float of_state(const graph::Recurrence& shape, std::int32_t row, const float* h) const {
    return Portable::dot_lane<float>(recurrent + row * shape.units, h, static_cast<std::size_t>(shape.units), 1);
  }
  float sum(const graph::Recurrence& shape, std::int32_t row, const float* x, const float* h) const {
    return of_input(shape, row, x) + of_state(shape, row, h);
  }

  constexpr void members(auto&& list, const graph::Recurrence& shape, std::int32_t gates) const {
    list("weight", graph::listed(weight, gates * shape.units * shape.inputs));
    list("recurrent", graph::listed(recurrent, gates * shape.units * shape.units));
    list("bias", graph::listed(bias, gates * shape.units));
  }
};

}  // namespace nn::float32

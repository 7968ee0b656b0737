// softmax_of_all: nn::softmax of several samples, each in its lane of a vector, with the bits of one after the other.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "exponentials.hpp"
#include "float_vector.hpp"
#include "logarithm.hpp"

namespace target {

// Of x [samples][Count] to y; highest[k] and logarithm_of_sum[k] are what a loss goes on from.
template <std::size_t Count>
void softmax_of_all(std::span<const float* const> x, std::span<float* const> y, float* highest, float* logarithm_of_sum) {
  for (std::size_t first = 0; first < x.size(); first += vector_width) {
    const std::size_t used = x.size() - first < vector_width ? x.size() - first : vector_width;
    std::array<const float*, vector_width> from;
    for (std::size_t lane = 0; lane < vector_width; ++lane) from[lane] = x[first + (lane < used ? lane : 0)];

    FloatVector e[Count];
    for (std::size_t i = 0; i < Count; ++i)
      e[i] = [&]<std::size_t... Lane>(std::index_sequence<Lane...>) {
        return FloatVector{from[Lane][i]...};
      }(std::make_index_sequence<vector_width>{});
    FloatVector most = e[0];
    for (std::size_t i = 1; i < Count; ++i) most = choose(e[i] > most, e[i], most);
    FloatVector sum{};
    for (std::size_t i = 0; i < Count; ++i) {
      e[i] = exponential(e[i] - most);
      sum += e[i];
    }
    const FloatVector share = 1 / sum;
    const FloatVector log_sum = logarithm(sum);
    for (std::size_t i = 0; i < Count; ++i) e[i] = e[i] * share;
    for (std::size_t lane = 0; lane < used; ++lane) {
      for (std::size_t i = 0; i < Count; ++i) y[first + lane][i] = reinterpret_cast<const float*>(e + i)[lane];
      highest[first + lane] = most[lane];
      logarithm_of_sum[first + lane] = log_sum[lane];
    }
  }
}

}  // namespace target

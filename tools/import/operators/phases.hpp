// Phases: the weights of a transposed convolution in the order of nn/graph/transpose_window.hpp.
#pragma once

#include <cstdint>
#include <vector>

#include "nn/graph/transpose_window.hpp"

namespace tools::importer {

// Of each phase, [outputs][rows of input][columns of input][channels]; `weight` is [outputs][kernel height][kernel
// width][channels]. The first row that a phase reads has its last tap.
template <class Number>
std::vector<Number> in_phases(const nn::graph::TransposeWindow& window, const std::vector<Number>& weight) {
  std::vector<Number> ordered;
  for (std::int32_t a = 0; a < window.stride.height; ++a)
    for (std::int32_t b = 0; b < window.stride.width; ++b) {
      const nn::graph::Pair taps = window.taps(nn::graph::Pair{a, b});
      for (std::int32_t o = 0; o < window.output.channels; ++o)
        for (std::int32_t i = taps.height; i-- > 0;)
          for (std::int32_t j = taps.width; j-- > 0;) {
            const std::int32_t row = o * window.kernel.height + a + i * window.stride.height;
            const std::int32_t from = (row * window.kernel.width + b + j * window.stride.width) * window.input.channels;
            ordered.insert(ordered.end(), weight.begin() + from, weight.begin() + from + window.input.channels);
          }
    }
  return ordered;
}

// Which phase and output each weight in that order belongs to: phase·outputs + output.
inline std::vector<std::size_t> owners_in_phases(const nn::graph::TransposeWindow& window) {
  std::vector<std::size_t> owners;
  for (std::int32_t phase = 0; phase < window.phases(); ++phase) {
    const nn::graph::Pair taps = window.taps(nn::graph::Pair{phase / window.stride.width, phase % window.stride.width});
    for (std::int32_t o = 0; o < window.output.channels; ++o)
      owners.insert(owners.end(), static_cast<std::size_t>(taps.height * taps.width * window.input.channels),
                    static_cast<std::size_t>(phase * window.output.channels + o));
  }
  return owners;
}

}  // namespace tools::importer

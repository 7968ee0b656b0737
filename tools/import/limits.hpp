// Limits: how large a network may be. A few bytes of a file can ask for any shape; what they ask for has to be run on this
// machine, and later on a much smaller one.
#pragma once

#include <cstdint>

#include "tools/import/network.hpp"

namespace tools::importer {

inline constexpr std::int64_t most_tensor_bytes = 16 << 20;
inline constexpr std::int64_t most_bytes = 256 << 20;              // of all tensors
inline constexpr std::int64_t most_steps = std::int64_t{1} << 34;  // of one run, about
inline constexpr std::int64_t most_reach = 1 << 24;                // rows or columns under a window
inline constexpr std::int64_t most_phases = 1 << 16;               // of a transposed convolution: its strides multiplied

// How many numbers an operator reads in one run, about; `bytes` are those of its output.
inline std::int64_t steps(const Operation& operation, std::int64_t bytes) {
  const std::int64_t products = operation->products(), read = bytes * operation->taps();
  return products > read ? products : read;
}

}  // namespace tools::importer

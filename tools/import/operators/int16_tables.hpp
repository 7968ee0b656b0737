// The tables from which operators on int16 interpolate, as TensorFlow Lite's reference kernels have them.
#pragma once

#include <cstdint>
#include <vector>

namespace tools::importer {

// 65536 / (1 + e^(-i/24)), i = 0 … 255, raised by half of what linear interpolation misses in the middle.
std::vector<std::uint16_t> sigmoid_table();

// e^v of v in [-10, 0], and 1 / (1 + v) of v in [0, 1], in Q15 at 513 points, moved by half of what interpolation misses.
std::vector<std::int16_t> exponential_table();
std::vector<std::int16_t> reciprocal_table();

}  // namespace tools::importer

// Sixteen rows of four binary features. The class is the third feature: what the network has to find out.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace linear {

struct Row {
  std::array<unsigned char, 4> features;
  std::size_t label;
};

inline constexpr std::array<Row, 16> rows{{
    {{1, 1, 0, 1}, 0}, {{0, 1, 0, 1}, 0}, {{0, 1, 0, 1}, 0}, {{1, 0, 1, 0}, 1},  //
    {{0, 1, 1, 0}, 1}, {{1, 0, 1, 1}, 1}, {{0, 0, 0, 0}, 0}, {{1, 1, 1, 0}, 1},  //
    {{0, 0, 1, 1}, 1}, {{1, 1, 0, 1}, 0}, {{0, 0, 1, 0}, 1}, {{1, 0, 0, 0}, 0},  //
    {{1, 1, 1, 1}, 1}, {{0, 1, 1, 1}, 1}, {{1, 0, 0, 1}, 0}, {{1, 0, 0, 1}, 0},
}};
inline constexpr std::span<const Row, 8> training{rows.data(), 8};
inline constexpr std::span<const Row, 4> validation{rows.data() + 8, 4};
inline constexpr std::span<const Row, 4> test{rows.data() + 12, 4};

}  // namespace linear

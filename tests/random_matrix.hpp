// Vectors and matrices of floats from -1 to 1, and whether two vectors have the same bits. What loops is compiled once, not for
// each size.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/nn.hpp"

inline nn::Random stream{1};

[[gnu::noinline]] inline void draw(std::span<float> v) {
  for (float& x : v) x = 2 * stream.uniform() - 1;
}

template <std::size_t Count>
std::array<float, Count> random_vector() {
  std::array<float, Count> v;
  draw(v);
  return v;
}

template <std::size_t Outputs, std::size_t Inputs>
nn::Matrix<float, Outputs, Inputs> random_matrix() {
  nn::Matrix<float, Outputs, Inputs> matrix;
  for (auto& row : matrix) draw(row);
  return matrix;
}

inline bool same_bits(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }

[[gnu::noinline]] inline bool same_bits(std::span<const float> a, std::span<const float> b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same_bits(a[i], b[i])) return false;
  return a.size() == b.size();
}

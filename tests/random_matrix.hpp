// Vectors and matrices of floats from -1 to 1, and whether two vectors have the same bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/nn.hpp"

inline nn::Random stream{1};

template <std::size_t Count>
std::array<float, Count> random_vector() {
  std::array<float, Count> v{};
  for (float& x : v) x = 2 * stream.uniform() - 1;
  return v;
}

template <std::size_t Outputs, std::size_t Inputs>
nn::Matrix<float, Outputs, Inputs> random_matrix() {
  nn::Matrix<float, Outputs, Inputs> matrix{};
  for (auto& row : matrix) row = random_vector<Inputs>();
  return matrix;
}

inline bool same_bits(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }

template <std::size_t Count>
bool same_bits(const std::array<float, Count>& a, const std::array<float, Count>& b) {
  for (std::size_t i = 0; i < Count; ++i)
    if (!same_bits(a[i], b[i])) return false;
  return true;
}

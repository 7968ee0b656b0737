// Kernels for the host, in vectors of the processor's own width: four floats, or eight where the compiler may use AVX
// (-mavx2, -march=native). The eight lanes of the contract are one or two vectors, so both give the same bits.
#pragma once

#include <cmath>
#include <type_traits>

#include "../float_options.hpp"
#include "nn/kernels.hpp"

namespace target {

#ifdef __AVX__
inline constexpr std::size_t vector_width = 8;
#else
inline constexpr std::size_t vector_width = 4;
#endif

struct Kernels : nn::Portable {
  using Portable::add_outer_product;
  using Portable::affine;
  using Portable::sqrt;
  using Portable::transposed_product;

  // Four outputs at a time: each input is loaded once for four weights.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  requires(Inputs >= nn::Portable::lanes) static constexpr void affine(const nn::Matrix<float, Outputs, Inputs>& weight,
                                                                       const std::array<float, Outputs>& b,
                                                                       std::span<const float, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    for (std::size_t o = 0; o < Outputs - Outputs % 4; o += 4)
      dot_rows<4, Inputs>(weight[o].data(), b.data() + o, x.data(), o, store);
    for (std::size_t o = Outputs - Outputs % 4; o < Outputs; ++o)
      dot_rows<1, Inputs>(weight[o].data(), b.data() + o, x.data(), o, store);
  }

  // Four vectors of columns at a time: their sums stay in registers while g walks down the rows.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const nn::Matrix<float, Outputs, Inputs>& weight, std::span<const float, Outputs> g,
                                           Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    const float* const w = weight[0].data();
    for (std::size_t i = 0; i < whole<Inputs, 4 * width>; i += 4 * width) {
      Vector sum[4];
      for (std::size_t k = 0; k < 4; ++k) sum[k] = g[0] * at(w + i + k * width).v;
      for (std::size_t o = 1; o < Outputs; ++o)
        for (std::size_t k = 0; k < 4; ++k) sum[k] += g[o] * at(w + o * Inputs + i + k * width).v;
      for (std::size_t k = 0; k < 4 * width; ++k) store(i + k, sum[k / width][k % width]);
    }
    for (std::size_t i = whole<Inputs, 4 * width>; i < Inputs; ++i) {
      float sum = g[0] * w[i];
      for (std::size_t o = 1; o < Outputs; ++o) sum += g[o] * w[o * Inputs + i];
      store(i, sum);
    }
  }

  template <std::size_t Outputs, std::size_t Inputs>
  static constexpr void add_outer_product(nn::Matrix<float, Outputs, Inputs>& weight, float factor,
                                          std::span<const float, Outputs> g, std::span<const float, Inputs> x) {
    if (std::is_constant_evaluated()) return Portable::add_outer_product(weight, factor, g, x);
    for (std::size_t o = 0; o < Outputs; ++o) {
      float* const w = weight[o].data();
      const float scaled = factor * g[o];
      for (std::size_t i = 0; i < whole<Inputs, width>; i += width) at(w + i).v += scaled * at(x.data() + i).v;
      for (std::size_t i = whole<Inputs, width>; i < Inputs; ++i) w[i] += scaled * x[i];
    }
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    return std::sqrt(x);
  }

 private:
  static constexpr std::size_t width = vector_width;
  typedef float Vector __attribute__((vector_size(4 * width)));

  // The part of a length that whole blocks cover.
  template <std::size_t Length, std::size_t Block>
  static constexpr std::size_t whole = Length - Length % Block;

  // A vector at any address.
  struct [[gnu::packed, gnu::may_alias]] Unaligned {
    Vector v;
  };
  static const Unaligned& at(const float* place) { return *reinterpret_cast<const Unaligned*>(place); }
  static Unaligned& at(float* place) { return *reinterpret_cast<Unaligned*>(place); }

  template <std::size_t Rows, std::size_t Inputs, class Store>
  static void dot_rows(const float* w, const float* b, const float* x, std::size_t o, Store& store) {
    constexpr std::size_t parts = lanes / width;
    Vector sum[Rows][parts];
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t k = 0; k < parts; ++k) sum[r][k] = at(w + r * Inputs + k * width).v * at(x + k * width).v;
    for (std::size_t i = lanes; i < whole<Inputs, lanes>; i += lanes)
      for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t k = 0; k < parts; ++k) sum[r][k] += at(w + r * Inputs + i + k * width).v * at(x + i + k * width).v;
    for (std::size_t r = 0; r < Rows; ++r) {
      float lane[lanes];
      for (std::size_t l = 0; l < lanes; ++l) lane[l] = sum[r][l / width][l % width];
      for (std::size_t i = whole<Inputs, lanes>; i < Inputs; ++i) lane[i % lanes] += w[r * Inputs + i] * x[i];
      store(o + r, add_lanes(lane) + b[r]);
    }
  }
};

}  // namespace target

// Kernels for the host, in vectors of eight floats, which g++ and clang++ map to whatever the processor has (two SSE
// registers by default, one of AVX with -mavx or -march=native). The lanes of a vector are those of the contract.
#pragma once

#include <cmath>
#include <cstring>
#include <type_traits>

#include "nn/kernels.hpp"

namespace target {

struct Kernels : nn::Portable {
  using Portable::add_outer_product;
  using Portable::affine;
  using Portable::sqrt;
  using Portable::transposed_product;

  // Four outputs at a time: each input is loaded once for four weights.
  template <std::size_t Out, std::size_t In, class Store>
    requires(In >= nn::Portable::lanes)
  static constexpr void affine(const nn::Matrix<float, Out, In>& W, const std::array<float, Out>& b, std::span<const float, In> x,
                               Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(W, b, x, store);
    for (std::size_t o = 0; o < Out - Out % 4; o += 4) dot_rows<4, In>(W[o].data(), b.data() + o, x.data(), o, store);
    for (std::size_t o = Out - Out % 4; o < Out; ++o) dot_rows<1, In>(W[o].data(), b.data() + o, x.data(), o, store);
  }

  // Eight columns at a time: their sums stay in a register while g walks down the rows.
  template <std::size_t Out, std::size_t In>
  static constexpr void transposed_product(const nn::Matrix<float, Out, In>& W, std::span<const float, Out> g, std::span<float, In> dx) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(W, g, dx);
    const float* const w = W[0].data();
    for (std::size_t i = 0; i < whole<In>; i += width) {
      Vector sum = g[0] * at(w + i).v;
      for (std::size_t o = 1; o < Out; ++o) sum += g[o] * at(w + o * In + i).v;
      at(dx.data() + i).v = sum;
    }
    for (std::size_t i = whole<In>; i < In; ++i) {
      float sum = g[0] * w[i];
      for (std::size_t o = 1; o < Out; ++o) sum += g[o] * w[o * In + i];
      dx[i] = sum;
    }
  }

  template <std::size_t Out, std::size_t In>
  static constexpr void add_outer_product(nn::Matrix<float, Out, In>& W, float factor, std::span<const float, Out> g,
                                          std::span<const float, In> x) {
    if (std::is_constant_evaluated()) return Portable::add_outer_product(W, factor, g, x);
    for (std::size_t o = 0; o < Out; ++o) {
      float* const w = W[o].data();
      const float scaled = factor * g[o];
      for (std::size_t i = 0; i < whole<In>; i += width) at(w + i).v += scaled * at(x.data() + i).v;
      for (std::size_t i = whole<In>; i < In; ++i) w[i] += scaled * x[i];
    }
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    return std::sqrt(x);
  }

 private:
  static constexpr std::size_t width = nn::Portable::lanes;
  typedef float Vector __attribute__((vector_size(4 * width)));

  // The part of a length that whole vectors cover.
  template <std::size_t In>
  static constexpr std::size_t whole = In - In % width;

  // Eight floats at any address.
  struct [[gnu::packed, gnu::may_alias]] Eight {
    Vector v;
  };
  static const Eight& at(const float* place) { return *reinterpret_cast<const Eight*>(place); }
  static Eight& at(float* place) { return *reinterpret_cast<Eight*>(place); }

  template <std::size_t Rows, std::size_t In, class Store>
  static void dot_rows(const float* w, const float* b, const float* x, std::size_t o, Store& output) {
    Vector sum[Rows];
    for (std::size_t r = 0; r < Rows; ++r) sum[r] = at(w + r * In).v * at(x).v;
    for (std::size_t i = width; i < whole<In>; i += width)
      for (std::size_t r = 0; r < Rows; ++r) sum[r] += at(w + r * In + i).v * at(x + i).v;
    for (std::size_t r = 0; r < Rows; ++r) {
      float lane[width];
      for (std::size_t l = 0; l < width; ++l) lane[l] = sum[r][l];
      for (std::size_t i = whole<In>; i < In; ++i) lane[i % width] += w[r * In + i] * x[i];
      output(o + r, add_lanes(lane) + b[r]);
    }
  }
};

}  // namespace target

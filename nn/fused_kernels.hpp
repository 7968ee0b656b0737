// FusedKernels: the portable kernels of FusedFloat. Orders are those of nn/kernels.hpp; the first product of a lane or a column
// is rounded, each further one is added by one fused multiply-add. The kernels of a core that has it give, as Fused, their own.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/matrix.hpp"
#include "nn/mistaken.hpp"
#include "nn/number/fused.hpp"
#include "nn/portable.hpp"

namespace nn {

struct FusedKernels : Portable {
  using Fused = FusedKernels;

  static constexpr float dot(const float* w, const float* x, std::size_t count) {
    if (count < lanes) return dot_lane(w, x, count, 1);
    float lane[lanes]{};
    for (std::size_t l = 0; l < lanes; ++l) lane[l] = dot_lane(w + l, x + l, count - l, lanes);
    return add_lanes(lane);
  }

  static constexpr float dot_lane(const float* w, const float* x, std::size_t count, std::size_t step) {
    float sum = w[0] * x[0];
    for (std::size_t i = step; i < count; i += step) sum = fused(w[i], x[i], sum);
    return sum;
  }

  // store(o, W[o]·x + b[o]) for every output o, in order.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void affine(const Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                               std::span<const float, Inputs> x, Store store) {
    for (std::size_t o = 0; o < Outputs; ++o) store(o, FusedKernels::dot(weight[o].data(), x.data(), Inputs) + b[o]);
  }

  // store(i, Σ_o g[o]·W[o][i]) for every column i, in order.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const Matrix<float, Outputs, Inputs>& weight, std::span<const float, Outputs> g,
                                           Store store) {
    for (std::size_t i = 0; i < Inputs; ++i) {
      float sum = g[0] * weight[0][i];
      for (std::size_t o = 1; o < Outputs; ++o) sum = fused(g[o], weight[o][i], sum);
      store(i, sum);
    }
  }

  // W += (factor·g)·xᵀ
  template <std::size_t Outputs, std::size_t Inputs>
  static constexpr void add_outer_product(Matrix<float, Outputs, Inputs>& weight, float factor, std::span<const float, Outputs> g,
                                          std::span<const float, Inputs> x) {
    for (std::size_t o = 0; o < Outputs; ++o) FusedKernels::add_scaled(weight[o].data(), factor * g[o], x.data(), Inputs);
  }

  // w += scaled·x, one row of the above.
  static constexpr void add_scaled(float* w, float scaled, const float* x, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) w[i] = fused(scaled, x[i], w[i]);
  }

  // sum[i] += w[t][i]·x[t][i] for taps t, in order.
  static constexpr void add_taps(float* sum, const float* w, const float* x, std::size_t count, std::size_t taps) {
    for (std::size_t t = 0; t < taps; ++t)
      for (std::size_t i = 0; i < count; ++i) sum[i] = fused(w[t * count + i], x[t * count + i], sum[i]);
  }
};

// The kernels of an arithmetic: those that are given, or if it is fused, theirs for that.
template <class Kernels>
struct FusedOf {
  static_assert(mistaken<Kernels>,
                "nn::FusedFloat: this core has no fused multiply-add of floats; expected float or nn::Fixed16");
  using type = FusedKernels;
};
template <class Kernels>
requires requires { typename Kernels::Fused; }
struct FusedOf<Kernels> {
  using type = typename Kernels::Fused;
};
template <>
struct FusedOf<Portable> {
  using type = FusedKernels;
};
template <class Arithmetic, class Kernels>
using KernelsFor = typename std::conditional_t<Arithmetic::fused, FusedOf<Kernels>, std::type_identity<Kernels>>::type;

}  // namespace nn

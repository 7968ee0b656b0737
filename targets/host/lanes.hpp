// Lanes: a FloatVector as a number, so that an optimizer's formula, written once for one number, is computed for several at a
// time; LanesArithmetic is nn::Real<float> for it. Each lane has the bits that the formula gives one float.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#ifdef __SSE__
#include <immintrin.h>
#endif

#include "float_vector.hpp"
#include "nn/number/arithmetic.hpp"

namespace target {

struct Lanes {
  FloatVector v{};

  Lanes() = default;
  Lanes(FloatVector vector) : v{vector} {}
  Lanes(float x) : v{broadcast(x)} {}

  friend Lanes operator+(Lanes a, Lanes b) { return a.v + b.v; }
  friend Lanes operator-(Lanes a, Lanes b) { return a.v - b.v; }
  friend Lanes operator*(Lanes a, Lanes b) { return a.v * b.v; }
  friend Lanes operator/(Lanes a, Lanes b) { return a.v / b.v; }
  friend Lanes operator-(Lanes a) { return -a.v; }

  // a, but no further from 0 than `largest`.
  friend Lanes held_within(Lanes a, float largest) {
    const FloatVector limit = broadcast(largest);
    return choose(a.v > limit, limit, choose(a.v < -limit, -limit, a.v));
  }
  // Whether every lane is within the limit of gradients.
  friend bool within_limit(Lanes a) {
    const MaskVector size = reinterpret_cast<MaskVector>(a.v) & 0x7fffffff;
    const MaskVector beyond = size > static_cast<std::int32_t>(nn::Bits<float>::of(0x1p40f));
    std::int32_t any = 0;
    for (std::size_t lane = 0; lane < vector_width; ++lane) any |= beyond[lane];
    return any == 0;
  }
};

inline Lanes sqrt(Lanes x) {
#if defined __AVX__
  return _mm256_sqrt_ps(x.v);
#elif defined __SSE__
  return _mm_sqrt_ps(x.v);
#else
  FloatVector root{};
  for (std::size_t lane = 0; lane < vector_width; ++lane) root[lane] = std::sqrt(x.v[lane]);
  return root;
#endif
}

struct LanesArithmetic {
  using ParameterGradient = Lanes;
  using Moment = Lanes;
  static Lanes parameter_gradient(Lanes x) { return x; }
  static Lanes moment(Lanes x) {
    const FloatVector limit = broadcast(nn::faded);
    return choose((x.v < limit) & (x.v > -limit), FloatVector{}, x.v);
  }
  static Lanes scaled(float factor, Lanes x) { return Lanes{factor} * x; }
  template <class Result>
  static Lanes scaled_to(float factor, Lanes x) {
    return Lanes{factor} * x;
  }
};

struct LanesKernels {
  static Lanes sqrt(Lanes x) { return target::sqrt(x); }
};

}  // namespace target

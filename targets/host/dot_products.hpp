// DotProducts: rows of weights times inputs, several of both at a time, each in the lanes and the order of nn/kernels.hpp:
// rows share an input that is loaded once, and samples share a row.
#pragma once

#include <array>
#include <cstddef>

#include "float_vector.hpp"

namespace target {

template <std::size_t Inputs>
struct DotProducts {
  static constexpr std::size_t lanes = 8;
  static constexpr std::size_t parts = lanes / vector_width;
  static_assert(Inputs >= lanes, "dot products in vectors need a vector of inputs");

  // Of `Rows` rows from w on and `Samples` inputs, result [Rows][Samples].
  template <std::size_t Rows, std::size_t Samples>
  static std::array<float, whole<Rows * Samples + 3, 4>> of(const float* w, const float* const* x) {
    FloatVector sum[Rows * Samples][parts];
    add<Rows, Samples, true>(w, x, 0, sum);
    for (std::size_t i = lanes; i < whole<Inputs, lanes>; i += lanes) add<Rows, Samples, false>(w, x, i, sum);
    if constexpr (Inputs % lanes != 0) add_rest<Rows, Samples>(w, x, sum);

    std::array<float, whole<Rows * Samples + 3, 4>> result;
    FourFloats half[result.size()];
    for (std::size_t k = 0; k < result.size(); ++k)
      half[k] = k < Rows * Samples ? halved(sum[k < Rows * Samples ? k : 0]) : FourFloats{};
    for (std::size_t k = 0; k < result.size(); k += 4) {
      const FourFloats four = added(half + k);
      std::memcpy(result.data() + k, &four, sizeof four);
    }
    return result;
  }

 private:
  // The eight products from i on of each sum, which they may begin.
  template <std::size_t Rows, std::size_t Samples, bool Begin>
  [[gnu::always_inline]] static void add(const float* w, const float* const* x, std::size_t i,
                                         FloatVector (&sum)[Rows * Samples][parts]) {
    for (std::size_t part = 0; part < parts; ++part) {
      FloatVector input[Samples];
      for (std::size_t s = 0; s < Samples; ++s) input[s] = load_for<Rows>(x[s] + i + part * vector_width);
      for (std::size_t r = 0; r < Rows; ++r) {
        const FloatVector weight = load_for<Samples>(w + r * Inputs + i + part * vector_width);
        for (std::size_t s = 0; s < Samples; ++s) {
          FloatVector& to = sum[r * Samples + s][part];
          to = Begin ? weight * input[s] : to + weight * input[s];
        }
      }
    }
  }

  // The last Inputs % 8 products, for the first lanes: from the vectors that end with the row.
  template <std::size_t Rows, std::size_t Samples>
  static void add_rest(const float* w, const float* const* x, FloatVector (&sum)[Rows * Samples][parts]) {
    constexpr std::size_t first = whole<Inputs, lanes>;
    constexpr std::size_t vectors = whole<Inputs - first, vector_width> / vector_width;
    constexpr std::size_t rest = Inputs % vector_width;
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t s = 0; s < Samples; ++s) {
        FloatVector* const lane = sum[r * Samples + s];
        for (std::size_t part = 0; part < vectors; ++part)
          lane[part] += load(w + r * Inputs + first + part * vector_width) * load(x[s] + first + part * vector_width);
        if constexpr (rest > 0) {
          const FloatVector product = load(w + (r + 1) * Inputs - vector_width) * load(x[s] + Inputs - vector_width);
          lane[vectors] = choose(first_lanes<rest>(), lane[vectors] + moved_down<vector_width - rest>(product), lane[vectors]);
        }
      }
  }

  // Lanes 0+4, 1+5, 2+6, 3+7.
  static FourFloats halved(const auto& sum) {
    if constexpr (parts == 1) {
      const auto v = sum[0];
      return FourFloats{v[0], v[1], v[2], v[3]} +
             FourFloats{v[4 % vector_width], v[5 % vector_width], v[6 % vector_width], v[7 % vector_width]};
    } else {
      return sum[0] + sum[1];
    }
  }

  // Of each of four, (0+2) + (1+3).
  static FourFloats added(const FourFloats* v) {
    const FourFloats a = FourFloats{v[0][0], v[0][1], v[1][0], v[1][1]} + FourFloats{v[0][2], v[0][3], v[1][2], v[1][3]};
    const FourFloats b = FourFloats{v[2][0], v[2][1], v[3][0], v[3][1]} + FourFloats{v[2][2], v[2][3], v[3][2], v[3][3]};
    return FourFloats{a[0], a[2], b[0], b[2]} + FourFloats{a[1], a[3], b[1], b[3]};
  }
};

}  // namespace target

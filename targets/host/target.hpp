// Kernels for the host, in vectors of the processor's own width (float_vector.hpp), with the bits of the portable ones.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <type_traits>

#include "../float_options.hpp"
#include "dot_products.hpp"
#include "exponentials.hpp"
#include "fused_kernels.hpp"
#include "lanes.hpp"
#include "softmax.hpp"

#ifdef __SSE2__
#include "fixed_kernels.hpp"
#endif
#include "nn/kernels.hpp"

namespace target {

#ifdef __SSE2__
using FixedHost = FixedKernels;
#else
struct FixedHost : nn::Portable {
  static void add_outer_products() = delete;
  static void softmax_of_all() = delete;
};
#endif

struct Kernels : FixedHost {
  static constexpr bool repeats_passes = true;
  using FixedHost::add_outer_product;
  using FixedHost::add_outer_products;
  using FixedHost::affine;
  using FixedHost::softmax_of_all;
  using FixedHost::sqrt;
  using FixedHost::transposed_product;
  using Fused = FusedKernels;

  // How many samples of a batch go through the network side by side.
  static constexpr std::size_t samples_at_once = 16;
  // How many rows of weights meet four samples at a time: as many as there are registers for their sums.
#ifdef __AVX512VL__
  static constexpr std::size_t rows_at_once = 4;
#else
  static constexpr std::size_t rows_at_once = vector_width / 4;
#endif

  // Several outputs at a time: each input is loaded once for all of them.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= nn::Portable::lanes)
  static constexpr void affine(const nn::Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                               std::span<const float, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    if constexpr (sizeof weight > first_cache) affine_to_and_fro(weight, b, x, store);
    else affine_in_order(weight, b, x, store);
  }

  // store(k, o, W[o]·x[k] + b[o]) for every sample k and output o: each weight is loaded once for four samples.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= nn::Portable::lanes)
  static void affine_of_all(const nn::Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                            std::span<const float* const> x, Store store) {
    constexpr std::size_t rows = rows_at_once, together = 8;  // so many inputs stay near while the weights pass by
    for (std::size_t from = 0; from < x.size(); from += together) {
      const std::size_t end = std::min(from + together, x.size()), fours = end - (end - from) % 4;
      const auto in_fours = [&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
        for (std::size_t k = from; k < fours; k += 4) {
          const float* const four[]{x[k], x[k + 1], x[k + 2], x[k + 3]};
          affine_of<Rows>(weight, b, four, o, [&](std::size_t s, std::size_t r, float sum) { store(k + s, r, sum); });
        }
      };
      for (std::size_t o = 0; o < whole<Outputs, rows>; o += rows) in_fours(std::integral_constant<std::size_t, rows>{}, o);
      if constexpr (Outputs % rows != 0) in_fours(std::integral_constant<std::size_t, Outputs % rows>{}, whole<Outputs, rows>);
      for (std::size_t k = fours; k < end; ++k)
        affine_in_order(weight, b, std::span<const float, Inputs>{x[k], Inputs},
                        [&](std::size_t o, float sum) { store(k, o, sum); });
    }
  }

  // Four vectors of columns at a time: their sums stay in registers while g walks down the rows.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const nn::Matrix<float, Outputs, Inputs>& weight, std::span<const float, Outputs> g,
                                           Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    const float* const w = weight[0].data();
    constexpr std::size_t fours = whole<Inputs, 4 * vector_width>, ones = whole<Inputs, vector_width>;
    for (std::size_t i = 0; i < fours; i += 4 * vector_width) columns<4, Inputs, 0>(w, g, i, store);
    for (std::size_t i = fours; i < ones; i += vector_width) columns<1, Inputs, 0>(w, g, i, store);
    if constexpr (ones < Inputs && Inputs >= vector_width)
      columns<1, Inputs, vector_width - Inputs % vector_width>(w, g, Inputs - vector_width, store);
    else
      for (std::size_t i = ones; i < Inputs; ++i) {
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
      const float scaled[1][1]{{factor * g[o]}};
      const float* const inputs[]{x.data()};
      add_scaled_rows<1, 1, Inputs>(weight[o].data(), scaled, inputs);
    }
  }


  // Rows `first` to `last` of W += Σ_k g[k]·x[k]ᵀ, added in the order of k.
  template <std::size_t Outputs, std::size_t Inputs>
  static void add_outer_products(nn::Matrix<float, Outputs, Inputs>& weight, std::span<const float* const> g,
                                 std::span<const float* const> x, std::size_t first, std::size_t last) {
    std::size_t o = first;
    for (; o + 2 <= last; o += 2) add_rows<2, Inputs>(weight[o].data(), g, x, o);
    if (o < last) add_rows<1, Inputs>(weight[o].data(), g, x, o);
  }

  // y[i] = e^(x[i] - highest); y may be x.
  static constexpr void exponentials(float* y, const float* x, float highest, std::size_t count) {
    if (!std::is_constant_evaluated()) return target::exponentials(y, x, highest, count);
    for (std::size_t i = 0; i < count; ++i) y[i] = nn::Elementary<float>::exp(x[i] - highest);
  }

  // nn::softmax of x [samples][Count], with max x and log Σ e^(x - max x) of each.
  template <std::size_t Count>
  static void softmax_of_all(std::span<const float* const> x, std::span<float* const> y, float* highest,
                             float* logarithm_of_sum) {
    target::softmax_of_all<Count>(x, y, highest, logarithm_of_sum);
  }

  // The first of `count` updates w[i] ← w[i] - step(w[i], g·x[i], kept[i]…); gives how many.
  static std::size_t update(const auto& optimizer, float* w, float g, const float* x, std::size_t count, auto*... kept) {
    std::size_t i = 0;
    for (const std::size_t blocks = count - count % vector_width; i < blocks; i += vector_width) {
      const Lanes weight = load(w + i);
      const Lanes gradient = g * load(x + i);
      if constexpr (requires { optimizer.template follows<LanesArithmetic>(weight, gradient); })
        if (!optimizer.template follows<LanesArithmetic>(weight, gradient)) return i;
      [&](auto... state) {
        store(w + i, (weight - optimizer.template step<LanesArithmetic, LanesKernels>(weight, gradient, state...)).v);
        (store(kept + i, state.v), ...);
      }(Lanes{load(kept + i)}...);
    }
    return i;
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    return std::sqrt(x);
  }

 private:
  template <std::size_t Outputs, std::size_t Inputs>
  static void affine_in_order(const nn::Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                              std::span<const float, Inputs> x, auto store) {
    constexpr std::size_t rows = 4;
    const float* const inputs[]{x.data()};
    const auto keep = [&](std::size_t, std::size_t o, float sum) { store(o, sum); };
    for (std::size_t o = 0; o < whole<Outputs, rows>; o += rows) affine_of<rows>(weight, b, inputs, o, keep);
    if constexpr (Outputs % rows != 0) affine_of<Outputs % rows>(weight, b, inputs, whole<Outputs, rows>, keep);
  }
  // Of a matrix that the first cache does not hold, each time the other way round: the rows that came last are there still, and
  // come first.
  static constexpr std::size_t first_cache = 32 * 1024;
  template <std::size_t Outputs, std::size_t Inputs>
  [[gnu::noinline]] static void affine_to_and_fro(const nn::Matrix<float, Outputs, Inputs>& weight,
                                                  const std::array<float, Outputs>& b, std::span<const float, Inputs> x,
                                                  auto store) {
    static thread_local bool back = true;
    back = !back;
    // A sum waits for itself at each addition: of so many one is ready always, and there are registers for them.
    constexpr std::size_t rows = vector_width < 8 ? 4 : 8, last = Outputs - whole<Outputs, rows>;
    const float* const inputs[]{x.data()};
    std::array<float, Outputs> y;
    const auto keep = [&y](std::size_t, std::size_t o, float sum) { y[o] = sum; };
    if constexpr (last != 0) affine_of<last>(weight, b, inputs, whole<Outputs, rows>, keep);
    for (std::size_t done = 0; done < whole<Outputs, rows>; done += rows)
      affine_of<rows>(weight, b, inputs, back ? whole<Outputs, rows> - rows - done : done, keep);
    for (std::size_t o = 0; o < Outputs; ++o) store(o, y[o]);
  }

  // Of outputs o to o + Rows and as many inputs as there are.
  template <std::size_t Rows, std::size_t Samples, std::size_t Outputs, std::size_t Inputs>
  static void affine_of(const nn::Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                        const float* const (&x)[Samples], std::size_t o, auto keep) {
    const auto sums = DotProducts<Inputs>::template of<Rows, Samples>(weight[o].data(), x);
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t s = 0; s < Samples; ++s) keep(s, o + r, sums[r * Samples + s] + b[o + r]);
  }

  // Vectors of columns from i on, without the first `Skipped` columns.
  template <std::size_t Vectors, std::size_t Inputs, std::size_t Skipped, std::size_t Outputs>
  static void columns(const float* w, std::span<const float, Outputs> g, std::size_t i, auto& store) {
    FloatVector sum[Vectors];
    for (std::size_t k = 0; k < Vectors; ++k) sum[k] = g[0] * load(w + i + k * vector_width);
    for (std::size_t o = 1; o < Outputs; ++o)
      for (std::size_t k = 0; k < Vectors; ++k) sum[k] += g[o] * load(w + o * Inputs + i + k * vector_width);
    for (std::size_t k = Skipped; k < Vectors * vector_width; ++k) store(i + k, sum[k / vector_width][k % vector_width]);
  }

  // Rows o to o + Rows of W += Σ_k g[k]·x[k]ᵀ; g [samples][outputs].
  template <std::size_t Rows, std::size_t Inputs>
  static void add_rows(float* w, std::span<const float* const> g, std::span<const float* const> x, std::size_t o) {
    std::size_t k = 0;
    for (; k + 4 <= x.size(); k += 4) add_products<Rows, 4, Inputs>(w, g.data() + k, x.data() + k, o);
    for (; k < x.size(); ++k) add_products<Rows, 1, Inputs>(w, g.data() + k, x.data() + k, o);
  }
  template <std::size_t Rows, std::size_t Samples, std::size_t Inputs>
  static void add_products(float* w, const float* const* g, const float* const* x, std::size_t o) {
    float factor[Rows][Samples];
    for (std::size_t r = 0; r < Rows; ++r)
      for (std::size_t s = 0; s < Samples; ++s) factor[r][s] = g[s][o + r];
    add_scaled_rows<Rows, Samples, Inputs>(w, factor, x);
  }

  // w[r] += Σ_s factor[r][s]·x[s] for rows r.
  template <std::size_t Rows, std::size_t Samples, std::size_t Inputs>
  static void add_scaled_rows(float* w, const float (&factor)[Rows][Samples], const float* const* x) {
    const float* from[Samples];
    for (std::size_t s = 0; s < Samples; ++s) from[s] = x[s];
    const auto add = [&]<class Vector>(std::type_identity<Vector>, std::size_t i, auto keep) {
      Vector sum[Rows];
      for (std::size_t r = 0; r < Rows; ++r) sum[r] = load_as<Vector>(w + r * Inputs + i);
      for (std::size_t s = 0; s < Samples; ++s) {
        const Vector input = load_for<Rows, Vector>(from[s] + i);
        for (std::size_t r = 0; r < Rows; ++r) sum[r] += factor[r][s] * input;
      }
      for (std::size_t r = 0; r < Rows; ++r)
        store_as<Vector>(w + r * Inputs + i, keep(load_as<Vector>(w + r * Inputs + i), sum[r]));
    };
    const auto add_all = [](auto, auto sum) { return sum; };
    std::size_t i = 0;
    if constexpr (wide_width > vector_width && Inputs >= wide_width)
      for (; i + wide_width <= Inputs; i += wide_width) add(std::type_identity<WideVector>{}, i, add_all);
    for (; i + vector_width <= Inputs; i += vector_width) add(std::type_identity<FloatVector>{}, i, add_all);
    if constexpr (Inputs % vector_width != 0 && Inputs > vector_width) {
      constexpr std::size_t again = vector_width - Inputs % vector_width;  // lanes that are done already
      add(std::type_identity<FloatVector>{}, Inputs - vector_width,
          [](FloatVector done, FloatVector sum) { return choose(first_lanes<again>(), done, sum); });
    } else {
      for (std::size_t r = 0; r < Rows; ++r)
        for (std::size_t k = whole<Inputs, vector_width>; k < Inputs; ++k)
          for (std::size_t s = 0; s < Samples; ++s) w[r * Inputs + k] += factor[r][s] * x[s][k];
    }
  }
};

}  // namespace target

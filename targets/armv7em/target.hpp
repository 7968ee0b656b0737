// Kernels for Cortex-M4F and M7: layers that the compiler lays out (int8_pairs.hpp) have kernels of their own.
#pragma once

#include "dsp_kernels.hpp"
#include "int8_convolution.hpp"

namespace target {

struct LaidOutKernels;

struct Kernels : DspKernels {
  using LaidOut = LaidOutKernels;
  using DspKernels::int8_laid_out_bytes;
  using DspKernels::int8_lay_out;

  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8RowsOf<Rounding>& m) {
    return thirteen_registers && Int8Pairs::fits(m) ? Int8Pairs::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) { Int8Pairs::lay_out(m, to); }
};

// Of layers that are laid out.
struct LaidOutKernels : Kernels {
  template <class Rounding>
  static void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    paired_rows(m, x, m.depth, y);
    clamp(y, m.outputs, m.range);
  }
  static constexpr std::int32_t int8_convolution_scratch(const nn::graph::Window& window) { return Int8Convolution<nn::int8::Reference>::scratch(window); }
  template <class Rounding>
  static void int8_convolution(const nn::graph::Window& window, const nn::Int8RowsOf<Rounding>& m, std::int8_t zero, nn::graph::Call call, std::int8_t* y,
                               const std::int8_t* x) {
    Int8Convolution<Rounding>::run(window, m, zero, call.backward, call.scratch, y, x);
  }
};

}  // namespace target

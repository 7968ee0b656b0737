// Kernels for Cortex-M4F and M7: layers that the compiler lays out (int8_pairs.hpp) have kernels of their own.
#pragma once

#include "dsp_kernels.hpp"
#include "int8_convolution.hpp"
#include "int8_depthwise.hpp"

namespace target {

template <int Rows>
struct LaidOutKernels;

struct Kernels : DspKernels {
  using DspKernels::int8_laid_out_bytes;
  using DspKernels::int8_lay_out;

  template <class Rounding>
  static constexpr int rows(const nn::Int8RowsOf<Rounding>& m) { return Int8Pairs::rows(m); }
  template <class Rounding>
  static constexpr int rows(const nn::Int8DepthwiseOf<Rounding>& m) { return m.multiplier > 1 ? 2 : 1; }

  template <class Code>
  static constexpr int rows(const nn::int8::LstmOf<Code>&) { return 4; }

  // Of any layer; and those that a layer needs, so that nothing else is in the image.
  using LaidOut = LaidOutKernels<0>;
  template <const auto& Operation>
  using LaidOutOf = LaidOutKernels<rows(Operation.matrix())>;

  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8RowsOf<Rounding>& m) {
    return thirteen_registers && Int8Pairs::fits(m) ? Int8Pairs::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) { Int8Pairs::lay_out(m, to); }
  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return thirteen_registers && Int8NineTaps::fits(m) ? Int8NineTaps::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) { Int8NineTaps::lay_out(m, to); }
};

// Of layers that are laid out in groups of so many rows; if depthwise, of one output a channel, or 2, which is several; 0: of any.
template <int Rows>
struct LaidOutKernels : OnLaidOutLstm<Kernels> {
  template <class Rounding>
  static void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    if (Rows == 8 || (Rows == 0 && Int8Pairs::rows(m) == 8))
      paired_rows<8>(m, x, y);
    else
      paired_rows<4>(m, x, y);
    clamp(y, m.outputs, m.range);
  }
  template <class Rounding>
  static void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    if (Rows == 2 || (Rows == 0 && m.multiplier > 1))
      Int8NineTaps::run<true>(m, window, y);
    else
      Int8NineTaps::run<false>(m, window, y);
    clamp(y, m.channels * m.multiplier, m.range);
  }
  static constexpr std::int32_t int8_convolution_scratch(const nn::graph::Window& window) {
    return Int8Convolution<nn::int8::Reference>::scratch(window);
  }
  template <class Rounding>
  static void int8_convolution(const nn::graph::Window& window, const nn::Int8RowsOf<Rounding>& m, std::int8_t zero, nn::graph::Call call,
                               std::int8_t* y, const std::int8_t* x) {
    Int8Convolution<Rounding>::run(window, m, zero, call.backward, call.scratch, y, x);
  }
};

}  // namespace target

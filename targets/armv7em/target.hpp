// Kernels for Cortex-M4 and M7, with FPU or without: layers that the compiler lays out (int8_pairs.hpp) have kernels of their
// own.
#pragma once

#include "int8_convolution.hpp"
#include "int8_depthwise.hpp"

#ifdef __ARM_FP
#include "fpu_kernels.hpp"
namespace target {
using BaseKernels = FpuKernels;
}
#else
#include "soft_float_kernels.hpp"
namespace target {
using BaseKernels = SoftFloatKernels;
}
#endif

namespace target {

template <int Kind>
struct LaidOutKernels;

// Whether layers of this rounding are laid out.
template <class Rounding>
inline constexpr bool may_lay_out = BaseKernels::has_fpu || !std::is_same_v<Rounding, nn::int8::Float32>;

struct Kernels : BaseKernels {
  using BaseKernels::int8_laid_out_bytes;
  using BaseKernels::int8_lay_out;

  // Rows: how many are taken at a time, one more if all share an outlet. Depthwise: 1, or 2 if a channel has several outputs.
  template <class Rounding>
  static constexpr int kind(const nn::Int8RowsOf<Rounding>& m) { return Int8Pairs::rows(m) + Int8Pairs::one_outlet(m); }
  template <class Rounding>
  static constexpr int kind(const nn::Int8DepthwiseOf<Rounding>& m) { return m.multiplier > 1 ? 2 : 1; }

  template <class Code>
  static constexpr int kind(const nn::int8::LstmOf<Code>&) { return 4; }
  static constexpr int kind(const nn::int8::GruSequence&) { return 4; }

  // Of any layer; and those that a layer needs, so that nothing else is in the image.
  using LaidOut = LaidOutKernels<0>;
  template <const auto& Operation>
  using LaidOutOf = LaidOutKernels<kind(Operation.matrix())>;

  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8RowsOf<Rounding>& m) {
    return may_lay_out<Rounding> && thirteen_registers && Int8Pairs::fits(m) ? Int8Pairs::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) { Int8Pairs::lay_out(m, to); }
  template <class Rounding>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return may_lay_out<Rounding> && thirteen_registers && Int8NineTaps::fits(m) ? Int8NineTaps::bytes(m) : 0;
  }
  template <class Rounding>
  static constexpr void int8_lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) { Int8NineTaps::lay_out(m, to); }
};

// Of layers of one kind that are laid out; 0: of any.
template <int Kind>
struct LaidOutKernels : OnLaidOutGates<Kernels> {
  template <class Rounding>
  static void int8_window(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    if constexpr (!may_lay_out<Rounding>)
      return nn::Portable::int8_window(m, x, y);
    else
      switch (Kind == 0 ? kind(m) : Kind) {
        case 9: paired_rows<8, true>(m, x, y); break;
        case 8: paired_rows<8, false>(m, x, y); break;
        case 5: paired_rows<4, true>(m, x, y); break;
        default: paired_rows<4, false>(m, x, y);
      }
    clamp(y, m.outputs, m.range);
  }
  template <class Rounding>
  static void int8_depthwise(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int8_t* y) {
    if constexpr (!may_lay_out<Rounding>) return nn::Portable::int8_depthwise(m, window, y);
    else if ((Kind == 0 ? kind(m) : Kind) == 2)
      Int8NineTaps::run<true>(m, window, y);
    else
      Int8NineTaps::run<false>(m, window, y);
    clamp(y, m.channels * m.multiplier, m.range);
  }
  static constexpr std::int32_t int8_convolution_scratch(const nn::graph::Window& window) {
    return Int8Convolution<nn::int8::Reference>::scratch(window);
  }
  template <class Rounding>
  static void int8_convolution(const nn::graph::Window& window, const nn::Int8RowsOf<Rounding>& m, std::int8_t zero,
                               nn::graph::Call call, std::int8_t* y, const std::int8_t* x) {
    if constexpr (may_lay_out<Rounding>) Int8Convolution<Rounding>::run(window, m, zero, call.backward, call.scratch, y, x);
  }
};

}  // namespace target

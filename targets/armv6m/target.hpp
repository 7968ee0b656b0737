// Kernels for Cortex-M0 and M0+. They have no FPU: every float operation is a library call, so the portable loops are as
// good as any. Quantized layers are laid out for it.
#pragma once

#include "../float_options.hpp"
#include "fixed_rows.hpp"

#include "fixed_kernels.hpp"
#include "int8_depthwise.hpp"
#include "int8_rows.hpp"

namespace target {

struct LaidOutKernels;

struct Kernels : FixedKernels {
  using LaidOut = LaidOutKernels;
  using FixedKernels::int8_laid_out_bytes;
  using FixedKernels::int8_lay_out;

  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8Rows& m) {
    return eight_registers && Int8ByteRows::fits(m) ? Int8ByteRows::bytes(m) : 0;
  }
  static constexpr void int8_lay_out(const nn::Int8Rows& m, std::int8_t* to) { Int8ByteRows::lay_out(m, to); }
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8Depthwise& m) {
    return eight_registers && Int8ByteChannels::fits(m) ? Int8ByteChannels::bytes(m) : 0;
  }
  static constexpr void int8_lay_out(const nn::Int8Depthwise& m, std::int8_t* to) { Int8ByteChannels::lay_out(m, to); }
};

// Of layers that are laid out.
struct LaidOutKernels : Kernels {
  using Kernels::int8_depthwise;
  using Kernels::int8_two_windows;
  using Kernels::int8_window;

  static void int8_window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    Int8ByteRows::window(m, x, y);
    if (m.range.least > -128 || m.range.most < 127) clamp(y, m.outputs, m.range);
  }
  static void int8_two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    int8_window(m, x, y);
    int8_window(m, x + m.depth, y + m.outputs);
  }
  static void int8_depthwise(const nn::Int8Depthwise& m, nn::Int8Window window, std::int8_t* y) {
    Int8ByteChannels::run(m, window, y);
    if (m.range.least > -128 || m.range.most < 127) clamp(y, m.channels, m.range);
  }
};

}  // namespace target

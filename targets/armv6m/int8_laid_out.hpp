// Kernels of quantized layers whose rows and channels a core has laid out: Rows and Channels say what fits, how many bytes it
// takes, how it is laid out, and run it.
#pragma once

#include <cstdint>

#include "int8_clamp.hpp"

namespace target {

// Base, which lays such layers out if Possible.
template <class Base, class Rows, class Channels, bool Possible>
struct LayingOut : Base {
  using Base::int8_laid_out_bytes;
  using Base::int8_lay_out;

  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8Rows& m) {
    return Possible && Rows::fits(m) ? Rows::bytes(m) : 0;
  }
  static constexpr void int8_lay_out(const nn::Int8Rows& m, std::int8_t* to) { Rows::lay_out(m, to); }
  static constexpr std::int32_t int8_laid_out_bytes(const nn::Int8Depthwise& m) {
    return Possible && Channels::fits(m) ? Channels::bytes(m) : 0;
  }
  static constexpr void int8_lay_out(const nn::Int8Depthwise& m, std::int8_t* to) { Channels::lay_out(m, to); }
};

// Kernels, where a layer is laid out.
template <class Kernels, class Rows, class Channels>
struct OnLaidOut : Kernels {
  using Kernels::int8_depthwise;
  using Kernels::int8_two_windows;
  using Kernels::int8_window;

  static void int8_window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    Rows::window(m, x, y);
    clamp(y, m.outputs, m.range);
  }
  static void int8_two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    Rows::two_windows(m, x, y);
    clamp(y, 2 * m.outputs, m.range);
  }
  static void int8_depthwise(const nn::Int8Depthwise& m, nn::Int8Window window, std::int8_t* y) {
    Channels::run(m, window, y);
    clamp(y, m.channels, m.range);
  }
};

}  // namespace target

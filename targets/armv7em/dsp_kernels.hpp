// Kernels for the DSP instructions of Cortex-M4, M7, M33 and M55, with FPU or without. The loops take their lengths at run time,
// so that all layers of an image share one copy of each.
#pragma once

#include <concepts>
#include <type_traits>

#include "fixed_backward_rows.hpp"
#include "fixed_descent.hpp"
#include "fixed_rows.hpp"

#include "../armv6m/fixed_kernels.hpp"
#include "fixed_paired_kernels.hpp"
#include "../armv7m/row_descent.hpp"
#include "../float_options.hpp"
#include "int16_rows.hpp"
#include "int8_elements.hpp"
#include "int8_gru.hpp"
#include "int8_lstm.hpp"
#include "int8_rows.hpp"
#include "int8_sums.hpp"
#include "move_blocks.hpp"
#include "nn/kernels.hpp"
#include "signal_rows.hpp"
#include "small_floats.hpp"

namespace nn::int8 {
template <class Code>
struct LstmOf;
struct GruSequence;
}

namespace target {

struct DspKernels : PairedRowKernels, RowDescent {
  using FixedKernels::add_gradients;
  using FixedKernels::add_position_rows;
  using FixedKernels::add_row_products;
  using FixedKernels::int8_depthwise;
  using FixedKernels::int8_laid_out_bytes;
  using FixedKernels::int8_lay_out;
  using FixedKernels::int8_two_windows;
  using FixedKernels::int8_window;
  using FixedKernels::int8_window_in_place;

  template <class Arithmetic, int SumFraction, int GradientFraction, int InputFraction>
    requires(!Arithmetic::watched && GradientFraction + InputFraction == SumFraction)
  static constexpr void add_gradients(nn::Fixed<32, SumFraction>* sum, nn::Fixed<16, GradientFraction> g,
                                      const nn::Fixed<16, InputFraction>* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Portable::add_gradients<Arithmetic>(sum, g, x, count);
    target::add_gradients(&sum->raw, g.raw, &x->raw, count);
  }

  // Backward passes of convolutions.
  template <std::size_t Usual, std::size_t Parts, class Arithmetic, int GradientFraction, int Fraction, std::size_t Terms>
  requires thirteen_registers static constexpr void add_position_rows(
      nn::Sum<Arithmetic, nn::Fixed<16, GradientFraction>, nn::Fixed<16, Fraction>, Terms>* sum, std::size_t columns,
      const nn::Fixed<16, GradientFraction>* g, const nn::Fixed<16, Fraction>* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Portable::add_position_rows<Usual, Parts>(sum, columns, g, rows, walk);
    for (std::size_t t = 0; t < Parts; ++t, sum += columns, rows += walk.part_step)
      (walk.step == 1 ? add_columns<false, true> : add_columns<false, false>)(&sum->raw, columns, &g->raw, &rows->raw, walk);
  }
  template <class Arithmetic, int GradientFraction, int Fraction, std::size_t Terms>
  requires thirteen_registers static constexpr void add_row_products(
      nn::Sum<Arithmetic, nn::Fixed<16, GradientFraction>, nn::Fixed<16, Fraction>, Terms>* sum, std::size_t columns,
      const nn::Fixed<16, GradientFraction>* g, const nn::Fixed<16, Fraction>* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Portable::add_row_products(sum, columns, g, rows, walk);
    add_columns<true, false>(&sum->raw, columns, &g->raw, &rows->raw, walk);
  }

  // One row of weights from sums; false: one by one.
  template <class Arithmetic, int WeightFraction, std::size_t Count>
  requires(Arithmetic::Moment::bits == 32 && Arithmetic::Moment::fraction > WeightFraction &&
           Arithmetic::Moment::fraction <= WeightFraction + 16)
  static bool descend_row(std::array<nn::Fixed<16, WeightFraction>, Count>& w, auto gradient, float rate) {
    return FixedDescent<typename Arithmetic::Moment>::row(w, gradient, rate);
  }

  static void move_blocks(std::byte* to, const std::byte* from, std::int32_t bytes, bool up) {
    up ? move_blocks_up(to, from, bytes) : move_blocks_down(to, from, bytes);
  }

  // Quantized layers, four codes to a register.
  static constexpr void int8_window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated() || !m.simple || m.outputs < 4) return Portable::int8_window(m, x, y);
    if constexpr (thirteen_registers) return Int8Dsp::window(m, x, y);
    Portable::int8_window(m, x, y);
  }
  static constexpr void int8_two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated() || !m.simple || m.outputs < 2) return Portable::int8_two_windows(m, x, y);
    if constexpr (thirteen_registers) return Int8Dsp::two_windows(m, x, y);
    Portable::int8_two_windows(m, x, y);
  }
  static constexpr void int8_depthwise(const nn::Int8Depthwise& m, nn::Int8Window window, std::int8_t* y) {
    if (std::is_constant_evaluated() || !m.simple) return Portable::int8_depthwise(m, window, y);
    if constexpr (thirteen_registers)
      if (m.multiplier == 1 && m.channels % 4 == 0) return Int8Dsp::four_channels(m, window, y);
    Portable::int8_depthwise<SimpleCodes>(m, window, y);
  }

  static constexpr std::int32_t int8_wide_bytes(std::int32_t count) { return thirteen_registers ? count / 4 * 8 : 0; }
  static constexpr void int8_widen(const std::int8_t* x, std::int32_t count, std::byte* wide) {
    if constexpr (thirteen_registers)
      if (!std::is_constant_evaluated()) Int8Sums::widen(x, count / 4, wide);
  }
  static constexpr void int8_sums(const nn::Int8Matrix& m, const std::int8_t* x, const std::byte* wide, std::int32_t* sum) {
    if constexpr (thirteen_registers)
      if (!std::is_constant_evaluated() && m.outputs >= 4 && m.depth % 4 == 0) return Int8Sums::sums(m, wide, sum);
    Portable::int8_sums(m, x, wide, sum);
  }
  static constexpr void int8_add_scaled(const nn::Int8TwoSums& m, std::int32_t count, auto store) {
    if (std::is_constant_evaluated() || !m.simple || m.a_scale.shift > -2 || m.b_scale.shift > -2)
      return Portable::int8_add_scaled(m, count, store);
    Int8Sums::add_scaled(m, count, store);
  }
  template <int Bits>
  static constexpr std::int32_t int8_within(std::int32_t x) {
    return std::is_constant_evaluated() ? Portable::int8_within<Bits>(x) : Int8Sums::within<Bits>(x);
  }
  static constexpr std::int32_t int8_scaled(std::int32_t x, nn::int8::Scale scale) {
    if (std::is_constant_evaluated() || scale.shift > -2) return Portable::int8_scaled(x, scale);
    return Int8Sums::scaled(x, scale.multiplier, Int8Sums::as_factor(scale.shift));
  }

  template <class Code>
  static constexpr std::int32_t int8_laid_out_bytes(const nn::int8::LstmOf<Code>& m) {
    return thirteen_registers && sizeof(Code) == 1 && Int8LstmLayout::fits(m) ? Int8LstmLayout::bytes(m) : 0;
  }
  template <class Code>
  static constexpr void int8_lay_out(const nn::int8::LstmOf<Code>& m, std::int8_t* to) { Int8LstmLayout::lay_out(m, to); }
  template <std::same_as<nn::int8::GruSequence> Gru>
  static constexpr std::int32_t int8_laid_out_bytes(const Gru& m) {
    return thirteen_registers && m.shape.batch == 1 && Int8GruLayout::fits(m) ? Int8GruLayout::bytes(m) : 0;
  }
  template <std::same_as<nn::int8::GruSequence> Gru>
  static constexpr void int8_lay_out(const Gru& m, std::int8_t* to) { Int8GruLayout::lay_out(m, to); }

  template <class Code>
  static constexpr void keep_larger(Code* y, const Code* x, std::int32_t count) {
    if constexpr (sizeof(Code) == 1)
      if (!std::is_constant_evaluated()) {
        const std::int32_t words = count & ~3;
        Int8Elements::keep_larger(y, x, words);
        return Portable::keep_larger(y + words, x + words, count - words);
      }
    Portable::keep_larger(y, x, count);
  }
  template <class Kernels, class Code>
  static constexpr void largest(const nn::Int8Pool<Code>& window, Code least, Code most, Code* y) {
    if constexpr (sizeof(Code) == 1)
      if (!std::is_constant_evaluated() && window.channels % 4 == 0) return Int8Elements::largest(window, least, most, y);
    Portable::largest<Kernels>(window, least, most, y);
  }
  template <int MoreBits, class Code>
  static constexpr void add_codes(const nn::Int8Sum& m, const Code* a, const Code* b, Code* y) {
    if constexpr (sizeof(Code) == 1)
      if (!std::is_constant_evaluated()) {
        if constexpr (thirteen_registers)
          if (SimpleTerm::possible(m.a_scale) && SimpleTerm::possible(m.b_scale) && Int8Outlet::fits(m.scale))
            return Int8Elements::add_codes<MoreBits>(m, a, b, y);
        return Portable::add_codes<MoreBits>(m, a, b, y, requantize);
      }
    Portable::add_codes<MoreBits>(m, a, b, y);
  }
  static constexpr void add_terms(const nn::Int8TermSum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    if (std::is_constant_evaluated() || !Int8Outlet::fits(m.scale)) return Portable::add_terms(m, a, b, y);
    Int8Elements::add_terms(m, a, b, y);
  }

  // Codes of 16 bits, two products an instruction.
  static constexpr void int16_window(const nn::Int16Rows& m, const std::int16_t* x, std::int16_t* y) {
    if (std::is_constant_evaluated()) return Portable::int16_window(m, x, y);
    if constexpr (thirteen_registers) return Int16Dsp::window(m, x, y);
    Portable::int16_window(m, x, y);
  }

  // Integer signals, two halves of a word at once.
  static constexpr std::uint32_t window_samples(const std::int16_t* x, const std::int16_t* w, std::size_t groups,
                                                const std::uint16_t* places, std::size_t step, Complex16* y) {
    if (std::is_constant_evaluated()) return Portable::window_samples(x, w, groups, places, step, y);
    return SignalDsp::window_samples(x, w, groups, places, step, y);
  }
  static constexpr void fft_first_fours(Complex16* x, std::size_t count, int shift) {
    if (std::is_constant_evaluated()) return Portable::fft_first_fours(x, count, shift);
    SignalDsp::first_fours(x, count, shift);
  }
  static constexpr void fft_fours(Complex16* x, std::size_t count, std::size_t distance, const nn::signal::Twiddles* w,
                                  std::size_t stride) {
    if (std::is_constant_evaluated()) return Portable::fft_fours(x, count, distance, w, stride);
    SignalDsp::fours(x, count, distance, w, stride);
  }
  static constexpr void fft_real(Complex16* x, std::size_t count, const Complex16* w) {
    if (std::is_constant_evaluated()) return Portable::fft_real(x, count, w);
    SignalDsp::real(x, count, w);
  }
  static constexpr void energies(Complex16* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Portable::energies(x, count);
    SignalDsp::energies(x, count);
  }

  static constexpr bool all_small(const float* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Portable::all_small(x, count);
    return target::all_small(x, count);
  }
};

// Of recurrent layers that are laid out.
template <class Kernels>
struct OnLaidOutGates : Kernels {
  template <class Lstm>
  requires(thirteen_registers) static constexpr std::int32_t int8_lstm_scratch(const Lstm& m) {
    return Int8LstmRun<Lstm>::Gates::scratch(m.shape);
  }
  template <class Lstm>
  requires(thirteen_registers) static void int8_lstm(const Lstm& m, nn::graph::Call call, std::int8_t* y, const std::int8_t* x,
                                                           nn::graph::LstmRows rows) {
    Int8LstmRun<Lstm>::run(m, call, y, x, rows);
  }
  template <class Gru>
  requires(thirteen_registers) static constexpr std::int32_t int8_gru_scratch(const Gru& m) {
    return Int8GruRun<Gru>::scratch(m.shape);
  }
  template <class Gru>
  requires(thirteen_registers) static void int8_gru(const Gru& m, nn::graph::Call call, std::int8_t* y, const std::int8_t* x) {
    Int8GruRun<Gru>::run(m, call, y, x);
  }
};

}  // namespace target

// Int16Fft: the Fourier transform of real numbers of 16 bits, with kissfft's bits: spectrum / Size, rounded at every step
// (kernels.hpp). A power of 2 from 32 to 2,048.
//
//   Int16Fft<512>::run(samples, spectrum)     512 samples, 257 bins
//
// A real transform of Size is a complex one of Size / 2, by decimation in time: radix 4, and radix 2 in the first step where 4
// does not divide it; then a step that parts even from odd. Its input is written in the order of reversed digits, place(i).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/kernels.hpp"
#include "nn/signal/complex.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <std::size_t Size>
struct Int16Fft {
  static_assert(std::has_single_bit(Size), "nn::signal::Int16Fft: the size is no power of 2");
  static_assert(Size >= 32, "nn::signal::Int16Fft: a size is at least 32");
  static_assert(Size <= 2048, "nn::signal::Int16Fft: a size is at most 2048");
  static constexpr std::size_t count = Size / 2;
  static constexpr std::size_t bins = count + 1;
  static constexpr std::size_t step = count / 4;  // between the places of pairs 4g, 4g + 1, 4g + 2, 4g + 3

  using Buffer = std::array<Complex16, bins>;
  static constexpr std::size_t table_bytes = 11 * Size / 4;

  // Where pair 4g of samples is written.
  static constexpr std::array<std::uint16_t, step> places = [] {
    std::array<std::uint16_t, step> table{};
    for (std::size_t g = 0; g < step; ++g) {
      std::size_t digits = g, place = 0;
      for (std::size_t weight = step; weight > 1; digits /= 4) {
        weight /= weight == 2 ? 2 : 4;
        place += weight * (digits % 4);
      }
      table[g] = static_cast<std::uint16_t>(place);
    }
    return table;
  }();
  static constexpr std::size_t place(std::size_t pair) { return places[pair / 4] + pair % 4 * step; }

  // In place: pairs in the order of place(), shifted to the left, become a spectrum.
  template <class Kernels = target::Kernels>
  static constexpr void transform(std::span<Complex16, bins> x, int shift = 0) {
    std::size_t distance = 4;
    if constexpr (std::countr_zero(count) % 2 == 0) {
      Kernels::fft_first_fours(x.data(), count, shift);
    } else {
      Kernels::fft_first_twos(x.data(), count, shift);
      distance = 2;
    }
    for (; distance < count; distance *= 4) Kernels::fft_fours(x.data(), count, distance, twiddles.data(), step / distance);
    Kernels::fft_real(x.data(), count, real_twiddles.data());
  }

  template <class Kernels = target::Kernels>
  static constexpr void run(std::span<const std::int16_t, Size> x, std::span<Complex16, bins> y) {
    for (std::size_t pair = 0; pair < count; ++pair) y[place(pair)] = {x[2 * pair], x[2 * pair + 1]};
    transform<Kernels>(y);
  }

 private:
  // e^(-2πi·turn), times 32767.
  static constexpr Complex16 unit(double turn) {
    return {static_cast<std::int16_t>(floor(0.5 + 32767 * cosine(2 * pi * turn))),
            static_cast<std::int16_t>(floor(0.5 - 32767 * sine(2 * pi * turn)))};
  }
  static constexpr std::array<Twiddles, step> twiddles = [] {
    std::array<Twiddles, step> table{};
    for (std::size_t k = 0; k < step; ++k) {
      const double turn = static_cast<double>(k) / static_cast<double>(count);
      table[k] = {unit(turn), unit(2 * turn), unit(3 * turn)};
    }
    return table;
  }();
  static constexpr std::array<Complex16, count / 2> real_twiddles = [] {
    std::array<Complex16, count / 2> table{};
    for (std::size_t k = 0; k < count / 2; ++k) table[k] = unit(static_cast<double>(k + 1) / static_cast<double>(Size) + 0.25);
    return table;
  }();
};

}  // namespace nn::signal

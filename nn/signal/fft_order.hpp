// FftOrder: where the pairs of samples of a real Fourier transform are written before it runs: in the order of reversed digits,
// to the base 4, the last one to the base 2 if `Count`, a power of 2, is no power of 4.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>

namespace nn::signal {

template <std::size_t Count>
struct FftOrder {
  static constexpr std::size_t place(std::size_t pair) {
    std::size_t at = 0;
    for (std::size_t weight = Count; weight > 1; pair /= 4) {
      weight /= weight == 2 ? 2 : 4;
      at += weight * (pair % 4);
    }
    return at;
  }

  // sample(i) for every i < 2·Count, each in its place; x is an array of complex numbers.
  static constexpr void fill(auto&& x, auto sample) {
    constexpr std::size_t step = Count / 4;
    std::size_t at = 0;
    for (std::size_t pair = 0; pair < Count; pair += 4) {
      for (std::size_t i = 0; i < 4; ++i) x[at + i * step] = {sample(2 * (pair + i)), sample(2 * (pair + i) + 1)};
      // The next digit, carried to lower places as from right to left.
      std::size_t unit = step >= 4 ? step / 4 : 1;
      std::size_t digits = step >= 4 ? 4 : step;
      while (unit > 0 && at / unit % digits == digits - 1) {
        at -= (digits - 1) * unit;
        digits = unit >= 4 ? 4 : unit;
        unit = unit >= 4 ? unit / 4 : unit / 2;
      }
      at += unit;
    }
  }
};

}  // namespace nn::signal

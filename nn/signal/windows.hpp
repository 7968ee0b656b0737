// Windows: Hann's and Hamming's, in float.
//
//   a - (1 - a) cos(2πi / M), a = 1/2 for Hann, 0.54 for Hamming; M is the size if periodic, size - 1 if symmetric
//
// Periodic windows belong to Fourier transforms (SciPy: fftbins=True; TensorFlow); symmetric ones are what numpy.hamming gives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/signal/table_math.hpp"

namespace nn::signal {

enum class Window : std::uint8_t { hann_periodic, hann_symmetric, hamming_periodic, hamming_symmetric };

template <Window Kind, std::size_t Size>
inline constexpr std::array<float, Size> window_table = [] {
  static_assert(Size > 1, "nn::signal::window_table: a window has more than one sample");
  const double a = Kind == Window::hann_periodic || Kind == Window::hann_symmetric ? 0.5 : 0.54;
  const bool periodic = Kind == Window::hann_periodic || Kind == Window::hamming_periodic;
  std::array<float, Size> table{};
  for (std::size_t i = 0; i < Size; ++i)
    table[i] = static_cast<float>(
        a - (1 - a) * cosine(2 * pi * static_cast<double>(i) / static_cast<double>(periodic ? Size : Size - 1)));
  return table;
}();

}  // namespace nn::signal

// FixedPooling: the largest of pixels of 16-bit numbers, eight channels at a time.
#pragma once

#include <cstddef>

#include "fixed_vector.hpp"
#include "fixed_windows.hpp"

namespace target {

struct FixedPooling : FixedWindows {
  // y[k] ← max x[i][k] over pixels i, 0 where there are none; for_each_part calls its argument with the first of some, any
  // number, and how many there are.
  template <std::size_t Channels, int Fraction>
    requires(Channels % 8 == 0)
  static void largest_of_pixels(const nn::Fixed<16, Fraction>* x, nn::Fixed<16, Fraction>* y, auto for_each_part) {
    for (std::size_t k = 0; k < Channels; k += 8) {
      const auto pixel = [&](std::size_t i) { return four_words(x + i * Channels + k); };
      __m128i most{};
      bool none = true;
      for_each_part([&](std::size_t first, std::size_t, std::size_t count) {
        if (none) most = pixel(first);
        none = false;
        for (std::size_t i = first; i < first + count; ++i) most = _mm_max_epi16(most, pixel(i));
      });
      _mm_storeu_si128(reinterpret_cast<__m128i*>(y + k), most);
    }
  }
};

}  // namespace target

// Pre-emphasis: x[n] - a·x[n - 1], on a stream, or as the samples of a frame are read.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace nn::signal {

// On a stream, in place; the sample before the first is 0.
struct PreEmphasisFilter {
  float coefficient;
  float last = 0;

  constexpr void run(std::span<float> samples) {
    for (float& x : samples) {
      const float now = x;
      x = now - coefficient * last;
      last = now;
    }
  }
};

// Samples as they are.
struct Plain {
  static constexpr std::string_view name = "plain";
  static constexpr std::size_t before = 0;  // samples that a frame has before its first
  template <class Number>
  static constexpr float sample(const Number* x) {
    return static_cast<float>(*x);
  }
};

// a = Parts / 2^Bits: of samples of 16 bits and up to 8 bits the result is exact.
template <int Parts, int Bits>
struct PreEmphasis {
  static_assert(0 <= Bits && Bits <= 8, "nn::signal::PreEmphasis: a coefficient has 0 to 8 bits");
  static_assert(0 <= Parts && Parts < 256 && Parts <= 1 << Bits,
                "nn::signal::PreEmphasis: a coefficient is from 0 to 1, in at most 255 parts");
  static constexpr char text[]{'p', 'r', 'e', static_cast<char>('a' + Bits), static_cast<char>(Parts), 0};
  static constexpr std::string_view name{text, 5};
  static constexpr std::size_t before = 1;
  template <class Number>
  static constexpr float sample(const Number* x) {
    return static_cast<float>(x[1]) - static_cast<float>(Parts) / static_cast<float>(1 << Bits) * static_cast<float>(x[0]);
  }
};

}  // namespace nn::signal

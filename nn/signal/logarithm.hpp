// Logarithms of each number of a frame.
//
//   Log<offset>        log(x + offset), the natural one, of x >= 0; `inline constexpr float offset = 1e-6f;`
//   Decibels<floor>    10 log10(max(x, floor))
#pragma once

#include <cstddef>

#include "nn/fingerprint.hpp"
#include "nn/number/elementary.hpp"

namespace nn::signal {

// A stage that takes each number by itself.
template <class Function>
struct Elementwise {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = float;
    static constexpr std::size_t outputs = Count;
    static constexpr std::size_t room = Count * sizeof(float);
    static constexpr std::size_t table_bytes = 0;
    static constexpr void identify(Fingerprint& hash) { Function::identify(hash); }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, float* y) {
      for (std::size_t i = 0; i < Count; ++i) y[i] = Function::of(x[i]);
    }
  };
};

template <const float& Offset>
struct Log : Elementwise<Log<Offset>> {
  static_assert(Offset > 0, "nn::signal::Log: the offset is not above 0");
  static constexpr float of(float x) { return Elementary<float>::log(x + Offset); }
  static constexpr void identify(Fingerprint& hash) {
    hash.add("log");
    hash.add(Bits<float>::of(Offset));
  }
};

template <const float& Floor>
struct Decibels : Elementwise<Decibels<Floor>> {
  static_assert(Floor > 0, "nn::signal::Decibels: the floor is not above 0");
  static constexpr float of(float x) { return 4.342944819f * Elementary<float>::log(x > Floor ? x : Floor); }
  static constexpr void identify(Fingerprint& hash) {
    hash.add("decibels");
    hash.add(Bits<float>::of(Floor));
  }
};

}  // namespace nn::signal

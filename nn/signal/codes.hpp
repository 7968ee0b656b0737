// Codes: the int8 codes that a model gets for numbers, real = scale · (code - zero). Beyond the first and the last they saturate.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/fingerprint.hpp"
#include "nn/int8/affine.hpp"
#include "nn/number/bits.hpp"

namespace nn::signal {

// nearest: as TensorFlow Lite quantizes. cut: towards zero, as a cast of numpy or C does.
enum class Rounding : std::uint8_t { nearest, cut };

struct Quantization {
  int8::Affine affine;
  Rounding rounding = Rounding::nearest;

  constexpr std::int8_t code(float x) const {
    if (rounding == Rounding::nearest) return affine.code(x);
    const float place = x / affine.scale + static_cast<float>(affine.zero);
    return static_cast<std::int8_t>(place >= 127   ? 127
                                    : place > -128 ? static_cast<std::int32_t>(place)
                                                   : -128);  // -128 of a NaN
  }
};

template <const Quantization& Scheme>
struct Codes {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = std::int8_t;
    static constexpr std::size_t outputs = Count;
    static constexpr std::size_t room = Count;
    static constexpr std::size_t table_bytes = 0;
    static constexpr void identify(Fingerprint& hash) {
      hash.add("codes");
      hash.add(Bits<float>::of(Scheme.affine.scale));
      for (std::int32_t number : {Scheme.affine.zero, static_cast<std::int32_t>(Scheme.rounding)})
        hash.add(static_cast<std::uint32_t>(number));
    }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, std::int8_t* y) {
      for (std::size_t i = 0; i < Count; ++i) y[i] = Scheme.code(x[i]);
    }
  };
};

}  // namespace nn::signal

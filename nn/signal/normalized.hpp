// Normalized: features as a network was trained on them, by the normalization of its weights header; NormalizedCodes: as codes of
// a quantized network. The last stage before a model; the header's Pipeline has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/fingerprint.hpp"
#include "nn/int8/affine.hpp"
#include "nn/normalization.hpp"
#include "nn/number/bits.hpp"

namespace nn::signal {

template <std::size_t Count>
constexpr void identify(const Normalization<Count>& normalization, Fingerprint& hash) {
  for (const auto& numbers : {normalization.mean, normalization.scale})
    for (float number : numbers) hash.add(Bits<float>::of(number));
}

// `Means` is an nn::Normalization; Activation what the network computes with.
template <const auto& Means, class Activation = float>
struct Normalized {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = Activation;
    static constexpr std::size_t outputs = Count;
    static constexpr std::size_t room = Count * sizeof(Activation);
    static constexpr std::size_t table_bytes = sizeof Means;
    static constexpr void identify(Fingerprint& hash) {
      hash.add("normalized");
      signal::identify(Means, hash);
    }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, Activation* y) {
      Means.apply(std::span<const Number, Count>{x, Count}, std::span<Activation, Count>{y, Count});
    }
  };
};

// To the nearest code, real = scale · (code - zero); beyond the first and the last it saturates.
template <const auto& Means, const int8::Affine& Scheme>
struct NormalizedCodes {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = std::int8_t;
    static constexpr std::size_t outputs = Count;
    static constexpr std::size_t room = Count;
    static constexpr std::size_t table_bytes = sizeof Means;
    static constexpr void identify(Fingerprint& hash) {
      hash.add("normalized codes");
      signal::identify(Means, hash);
      hash.add(Bits<float>::of(Scheme.scale));
      hash.add(static_cast<std::uint32_t>(Scheme.zero));
    }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, std::int8_t* y) {
      for (std::size_t i = 0; i < Count; ++i) y[i] = Scheme.code(Means.of(static_cast<float>(x[i]), i));
    }
  };
};

}  // namespace nn::signal

// Spectrum: from a frame of samples to the power or magnitude of each bin of its Fourier transform.
//
//   Spectrum<Power, Window::hamming_periodic, 1024>                     |X|² / 1024, 513 bins
//   Spectrum<Magnitude, Window::hann_periodic, 480, Plain, 512>         |X| of 480 samples and 32 zeros, 257 bins
//
// Samples are multiplied by `State::scale`; while that is 0, those of 16 bits are taken as parts of 32768.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/fingerprint.hpp"
#include "nn/kernels.hpp"
#include "nn/signal/float_fft.hpp"
#include "nn/signal/pre_emphasis.hpp"
#include "nn/signal/windows.hpp"

namespace nn::signal {

struct Power {
  static constexpr std::string_view name = "power";
  template <class Kernels, std::size_t Size>
  static constexpr float of(float square) {
    return square / float{Size};
  }
};
struct Magnitude {
  static constexpr std::string_view name = "magnitude";
  template <class Kernels, std::size_t Size>
  static constexpr float of(float square) {
    return Kernels::sqrt(square);
  }
};

// `Read` says what a sample is; Plain, or PreEmphasis, of which frames begin with one sample more.
template <class Quantity, Window Kind, std::size_t Samples, class Read = Plain, std::size_t Size = Samples>
struct Spectrum {
  template <class Number, std::size_t Count>
  struct Bound {
    static_assert(Count == Samples + Read::before, "nn::signal::Spectrum: frames have another size than the window");
    static_assert(Samples <= Size, "nn::signal::Spectrum: the frame is longer than the transform");
    using Fft = FloatFft<Size>;
    using Output = float;
    static constexpr std::size_t outputs = Fft::bins;
    static constexpr std::size_t room = sizeof(typename Fft::Buffer);
    static constexpr std::size_t table_bytes = Fft::table_bytes + Samples * sizeof(float);

    static constexpr void identify(Fingerprint& hash) {
      hash.add(Quantity::name);
      hash.add(Read::name);
      for (std::size_t number : {static_cast<std::size_t>(Kind), Samples, Size}) hash.add(static_cast<std::uint32_t>(number));
    }

    struct State {
      float scale = 0;
    };

    // y is the place of the whole transform; its quantities come to lie at the beginning.
    template <class Kernels = target::Kernels>
    static constexpr void run(State& state, const Number* x, float* y) {
      const float scale = state.scale != 0 ? state.scale : std::integral<Number> ? 0x1p-15f : 1.0f;
      auto* const spectrum = reinterpret_cast<ComplexFloat*>(y);
      Fft::fill(std::span<ComplexFloat, Fft::bins>{spectrum, Fft::bins}, [&](std::size_t i) {
        return i < Samples ? Read::sample(x + i) * scale * window_table<Kind, Samples>[i] : 0.0f;
      });
      Fft::transform(std::span<ComplexFloat, Fft::bins>{spectrum, Fft::bins});
      for (std::size_t k = 0; k < Fft::bins; ++k) {
        const ComplexFloat value = spectrum[k];
        y[k] = Quantity::template of<Kernels, Size>(value.real * value.real + value.imaginary * value.imaginary);
      }
    }
  };
};

}  // namespace nn::signal

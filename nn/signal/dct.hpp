// Dct: the discrete cosine transform of type II, of which the first few coefficients are kept; of logarithms of a mel spectrum
// they are its mel frequency cepstral coefficients (MFCC).
//
//   y[k] = f · 2 Σ x[n] cos(πk(2n + 1) / 2N)
//
//   plain          f = 1 (scipy.fft.dct)
//   orthonormal    f = 1 / √(2N), and 1 / √(4N) for k = 0
//   tensorflow     f = 1 / √(2N) for every k (tf.signal.mfccs_from_log_mel_spectrograms)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/fingerprint.hpp"
#include "nn/kernels.hpp"
#include "nn/matrix.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

enum class DctScale : std::uint8_t { plain, orthonormal, tensorflow };

template <std::size_t Coefficients, DctScale Scale>
struct Dct {
  template <class Number, std::size_t Count>
  struct Bound {
    static_assert(Coefficients <= Count, "nn::signal::Dct: there are more coefficients than numbers");
    using Output = float;
    static constexpr std::size_t outputs = Coefficients;
    static constexpr std::size_t room = Coefficients * sizeof(float);
    static constexpr std::size_t table_bytes = Coefficients * Count * sizeof(float);
    static constexpr void identify(Fingerprint& hash) {
      hash.add("dct");
      for (std::size_t number : {Coefficients, static_cast<std::size_t>(Scale)}) hash.add(static_cast<std::uint32_t>(number));
    }

    struct State {};

    static constexpr Matrix<float, Coefficients, Count> matrix = [] {
      Matrix<float, Coefficients, Count> table{};
      const double size = static_cast<double>(Count);
      for (std::size_t k = 0; k < Coefficients; ++k)
        for (std::size_t n = 0; n < Count; ++n) {
          double factor = 2;
          if (Scale != DctScale::plain)
            factor /= Elementary<double>::sqrt((Scale == DctScale::orthonormal && k == 0 ? 4 : 2) * size);
          table[k][n] = static_cast<float>(factor * cosine(pi * static_cast<double>(k * (2 * n + 1)) / (2 * size)));
        }
      return table;
    }();

    template <class Kernels = target::Kernels>
    static constexpr void run(State&, const Number* x, float* y) {
      Kernels::affine(matrix, none, std::span<const float, Count>{x, Count}, [y](std::size_t k, float sum) { y[k] = sum; });
    }

   private:
    static constexpr std::array<float, Coefficients> none{};
  };
};

}  // namespace nn::signal

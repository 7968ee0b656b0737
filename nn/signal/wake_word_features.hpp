// The features of MLPerf Tiny's streaming wake word: 40 mel channels every 512 samples (32 ms), in float.
//
// x[n] - 0.96875 x[n - 1], frames of 1024 samples, a Hamming window, power / 1024, mel from 0 to 8000 Hz, decibels above 1e-30,
// (x + 52) / 64 limited to 0 … 1; the model's codes are cut towards zero. Codes stop at 127, for 0.944, where those of the
// benchmark's C wrap.
//
//   WakeWordFrontEnd<> front_end;
//   front_end.process(samples, [](auto codes) { … });     40 codes a hop
//
// The window is periodic, as on the benchmark's device; its training had Window::hamming_symmetric. Their features differ by
// up to 0.0015: a submission follows the device, a model that is trained anew should have one and the same.
#pragma once

#include <array>
#include <cstdint>

#include "nn/pipeline.hpp"
#include "nn/signal/codes.hpp"
#include "nn/signal/frames.hpp"
#include "nn/signal/logarithm.hpp"
#include "nn/signal/mel.hpp"
#include "nn/signal/spectrum.hpp"
#include "nn/signal/stack.hpp"

namespace nn::signal {

inline constexpr MelSettings wake_word_mel{.bins = 513, .channels = 40, .low = 0, .high = 8000};
inline constexpr float wake_word_floor = 1e-30f;
inline constexpr Quantization wake_word_quantization{.affine = {0.003701042616739869f, -128}, .rounding = Rounding::cut};

// Decibels to a share of 64 of them.
struct WakeWordRange : Elementwise<WakeWordRange> {
  static constexpr void identify(Fingerprint& hash) { hash.add("wake word range"); }
  static constexpr float of(float decibels) {
    const float share = (decibels + 52) * 0x1p-6f;
    return share > 1 ? 1 : share > 0 ? share : 0.0f;
  }
};

// Each frame begins with the sample before it, which is 0 at the beginning.
class WakeWordFrames : public Frames<std::int16_t, 1025, 512> {
 public:
  constexpr WakeWordFrames() { begin(); }
  constexpr void reset() {
    Frames::reset();
    begin();
  }

 private:
  constexpr void begin() { take(std::array<std::int16_t, 1>{}); }
};

template <Window Kind = Window::hamming_periodic, class... Stages>
using WakeWordPipeline = Pipeline<WakeWordFrames, Spectrum<Power, Kind, 1024, PreEmphasis<31, 5>>, Mel<wake_word_mel>,
                                  Decibels<wake_word_floor>, WakeWordRange, Stages...>;

template <Window Kind = Window::hamming_periodic>
using WakeWordValues = WakeWordPipeline<Kind>;
template <Window Kind = Window::hamming_periodic>
using WakeWordFrontEnd = WakeWordPipeline<Kind, Codes<wake_word_quantization>>;

}  // namespace nn::signal

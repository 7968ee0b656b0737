// The features of MLPerf Tiny's keyword spotting: 49 frames of 10 mel frequency cepstral coefficients, in float.
//
// Frames of 480 samples every 320, a periodic Hann window, magnitudes of 512 points, 40 mel channels from 20 to 4000 Hz,
// log(x + 1e-6), DCT-II as TensorFlow scales it; codes are cut towards zero, and saturate where those of the training wrapped.
//
//   KeywordFrontEnd front_end{scale_of_peak(clip)};     the definition: a clip divided by its largest sample
//   KeywordFrontEnd front_end;                          on a stream: divided by 32768 ("q15"), which the model was not trained on
//   front_end.process(samples, [](auto codes) { … });   10 codes of each frame
//
// The definition divides silence by 0; here a clip whose largest sample is 0 is divided by 32768.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "nn/pipeline.hpp"
#include "nn/signal/codes.hpp"
#include "nn/signal/dct.hpp"
#include "nn/signal/frames.hpp"
#include "nn/signal/logarithm.hpp"
#include "nn/signal/mel.hpp"
#include "nn/signal/spectrum.hpp"
#include "nn/signal/stack.hpp"

namespace nn::signal {

inline constexpr std::size_t keyword_clip = 16000;  // samples; shorter ones are followed by zeros
inline constexpr std::size_t keyword_frames = 49;
inline constexpr MelSettings keyword_mel{.bins = 257, .channels = 40, .low = 20, .high = 4000};
inline constexpr float keyword_offset = 1e-6f;
inline constexpr Quantization keyword_quantization{.affine = {0.5847029089927673f, 83}, .rounding = Rounding::cut};

using KeywordFrames = Frames<std::int16_t, 480, 320>;
using KeywordSpectrum = Spectrum<Magnitude, Window::hann_periodic, 480, Plain, 512>;
using KeywordMel = Mel<keyword_mel>;
using KeywordLog = Log<keyword_offset>;
using KeywordDct = Dct<10, DctScale::tensorflow>;
using KeywordCodes = Codes<keyword_quantization>;

// What the samples of a clip are multiplied by.
constexpr float scale_of_peak(std::span<const std::int16_t> clip) {
  std::int16_t peak = clip.size() < keyword_clip ? std::int16_t{0} : std::int16_t{-32768};  // zeros follow
  for (std::int16_t x : clip) peak = std::max(peak, x);
  return peak == 0 ? 0x1p-15f : 1 / static_cast<float>(peak);
}

// Stages… behind the coefficients: KeywordCodes, Stack<keyword_frames>, a model.
template <class... Stages>
class KeywordPipeline : public Pipeline<KeywordFrames, KeywordSpectrum, KeywordMel, KeywordLog, KeywordDct, Stages...> {
  using Base = Pipeline<KeywordFrames, KeywordSpectrum, KeywordMel, KeywordLog, KeywordDct, Stages...>;

 public:
  explicit KeywordPipeline(float scale = 0x1p-15f) { set_scale(scale); }
  void reset() {
    const float scale = this->template state<0>().scale;
    Base::reset();
    set_scale(scale);
  }
  void set_scale(float scale) { this->template state<0>().scale = scale; }
};

using KeywordCoefficients = KeywordPipeline<>;
using KeywordFrontEnd = KeywordPipeline<KeywordCodes>;

}  // namespace nn::signal

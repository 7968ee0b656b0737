// The settings of the integer front ends of TensorFlow Lite Micro, of which there are two that differ in bits: the older micro
// frontend (tensorflow/lite/experimental/microfrontend), which models for wake words are trained on, and today's signal library
// (signal/src), which micro_speech uses.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace nn::signal {

// Whose tables and limits.
//   micro_frontend   filter weights are rounded; features have 16 bits without a sign; a -32768 is not seen where a frame's
//                    largest magnitude is looked for, and lost if it is not the largest
//   signal_library   filter weights are cut; features are at most 32767; the largest magnitude is looked for anew behind a -32768
enum class Library : std::uint8_t { micro_frontend, signal_library };

struct MicroSettings {
  Library library = Library::micro_frontend;
  std::int32_t rate = 16000;    // samples a second
  std::int32_t window_ms = 30;  // a frame
  std::int32_t step_ms = 10;    // from one to the next
  std::int32_t channels = 40;   // of the filter bank, between these limits in Hz
  float lower_limit = 125;
  float upper_limit = 7500;
  // The noise is estimated in so many bits behind the point, with one factor for the channels 0, 2, … and one for the others; at
  // least `remaining` of the signal is left.
  std::int32_t smoothing_bits = 10;
  float even_smoothing = 0.025f;
  float odd_smoothing = 0.06f;
  float remaining = 0.05f;
  // Gain control by (noise + offset)^-strength.
  bool pcan = true;
  float strength = 0.95f;
  float offset = 80;
  std::int32_t gain_bits = 21;
  // The natural logarithm, times 2^scale_shift.
  bool logarithm = true;
  std::int32_t scale_shift = 6;

  constexpr std::size_t window() const { return static_cast<std::size_t>(window_ms * rate / 1000); }
  constexpr std::size_t step() const { return static_cast<std::size_t>(step_ms * rate / 1000); }
  constexpr std::size_t fft_size() const { return std::bit_ceil(window()); }
  constexpr std::size_t bins() const { return fft_size() / 2 + 1; }
  // Signals are by so many bits smaller than their logarithm takes them.
  constexpr std::int32_t correction_bits() const { return std::countr_zero(fft_size()) - 6; }
};

// microWakeWord and ESPHome; micro_speech as it was; micro_speech as it is.
inline constexpr MicroSettings micro_frontend_10ms{};
inline constexpr MicroSettings micro_frontend_20ms{.step_ms = 20};
inline constexpr MicroSettings signal_20ms{.library = Library::signal_library, .step_ms = 20};

// What models with int8 inputs get of a feature: its code, of scale 666/256 and zero point -128.
constexpr std::int8_t micro_code(std::int32_t feature) {
  const std::int32_t code = (feature * 256 + 333) / 666 - 128;
  return static_cast<std::int8_t>(code > 127 ? 127 : code);
}

}  // namespace nn::signal

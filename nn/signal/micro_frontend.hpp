// MicroFrontEnd: the features of TensorFlow Lite Micro's integer front ends, bit for bit.
//
//   samples, window, FFT of 16 bits, energies, filter bank, square root, noise reduction, gain control, logarithm
//
//   MicroFrontEnd<micro_frontend_10ms> front_end;
//   front_end.process(samples, [](auto features) { … });     40 features of each frame; micro_code(feature) is its int8 code
//
// Its state lives through a stream; reset() begins a new one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/kernels.hpp"
#include "nn/signal/frames.hpp"
#include "nn/signal/int16_fft.hpp"
#include "nn/signal/integer_log.hpp"
#include "nn/signal/micro_filter_bank.hpp"
#include "nn/signal/micro_window.hpp"
#include "nn/signal/noise_reduction.hpp"
#include "nn/signal/pcan.hpp"

namespace nn::signal {

template <const MicroSettings& Settings>
class MicroFrontEnd {
 public:
  static_assert(Settings.scale_shift >= 0 && Settings.scale_shift <= 10,
                "nn::signal::MicroFrontEnd: scale_shift is not from 0 to 10");
  using Window = MicroWindow<Settings>;
  using Fft = Int16Fft<Settings.fft_size()>;
  using Bank = MicroFilterBank<Settings>;
  using Gain = Pcan<Settings>;
  static constexpr std::size_t channels = Bank::channels;
  static constexpr std::size_t table_bytes = sizeof Window::table + Fft::table_bytes + sizeof Bank::weights +
                                             sizeof Bank::widths + (Settings.pcan ? sizeof Gain::table : 0) +
                                             (Settings.logarithm ? sizeof IntegerLog::table : 0);
  static constexpr std::size_t padding = Window::table.size() - Window::size;

  using Stream = Frames<std::int16_t, Window::size, Settings.step(), padding>;
  using Spectrum = typename Fft::Buffer;
  using Features = std::array<std::uint16_t, channels>;

  template <class Kernels = target::Kernels>
  constexpr void process(std::span<const std::int16_t> samples, auto&& use) {
    frames.process(samples, [&](auto frame) {
      run<Kernels>(frame, noise, spectrum, features);
      use(std::span<const std::uint16_t, channels>{features});
    });
  }

  constexpr void reset() {
    frames.reset();
    noise = {};
  }

  // The features of one frame. `x` is the spectrum's place, for as long as this takes.
  template <class Kernels = target::Kernels>
  static constexpr void run(typename Stream::Frame frame, NoiseReduction<Settings>& noise, Spectrum& x, Features& features) {
    const int shift = transform<Kernels>(frame, x);
    Kernels::energies(x.data() + Bank::start, Bank::end - Bank::start);
    Bank::run(x.data() + Bank::start, [&](std::size_t channel, std::uint64_t sum) {
      const std::uint32_t root = square_root<Kernels>(sum) >> shift;
      std::uint32_t signal = noise.reduce(channel, root);
      if constexpr (Settings.pcan) signal = Gain::apply(signal, noise.estimates[channel]);
      features[channel] = feature(signal);
    });
  }

  // The spectrum of a frame, 2^shift / fft_size of what it is; gives the shift.
  template <class Kernels = target::Kernels>
  static constexpr int transform(typename Stream::Frame frame, Spectrum& x) {
    for (std::size_t g = Window::groups; g < Fft::step; ++g)  // zeros behind the window
      for (std::size_t i = 0; i < 4; ++i) x[Fft::places[g] + i * Fft::step] = {};
    const std::uint32_t bits =
        Kernels::window_samples(frame.data(), Window::table.data(), Window::groups, Fft::places.data(), Fft::step, x.data());
    int shift = 15 - static_cast<int>(std::bit_width(bits & 0x7fffu));
    if (Settings.library == Library::signal_library && bits == 0) shift = 0;
    const bool lowest = (bits & 0x8000u) != 0;
    if (lowest) shift = shift_lowest(x, shift);
    Fft::template transform<Kernels>(x, lowest ? 0 : shift);
    return shift;
  }

  // Rounded; not up to 2^16.
  template <class Kernels = target::Kernels>
  static constexpr std::uint32_t square_root(std::uint64_t x) {
    const std::uint32_t root = Kernels::integer_root(x);
    const bool up = x - std::uint64_t{root} * root > root;
    return root + (up && root != (x >> 32 == 0 ? 0xffffu : 0xffffffffu) ? 1 : 0);
  }

  static constexpr std::uint16_t feature(std::uint32_t signal) {
    constexpr std::uint32_t most = Settings.library == Library::micro_frontend ? 0xffff : 0x7fff;
    if constexpr (Settings.logarithm) {
      constexpr std::int32_t correction = Settings.correction_bits();
      if constexpr (correction < 0)
        signal >>= -correction;
      else
        signal <<= correction;
      signal = signal > 1 ? IntegerLog::of(signal, Settings.scale_shift) : 0;
    }
    return static_cast<std::uint16_t>(signal < most ? signal : most);
  }

 private:
  // Shifts a frame with a -32768 as its library does; gives the shift, which is this one for the micro frontend.
  static constexpr int shift_lowest(Spectrum& x, int shift) {
    if constexpr (Settings.library == Library::signal_library) {
      std::int16_t most = 0;
      const auto look_at = [&](std::int16_t value) {
        if (value > most)
          most = value;
        else if (-value > most)
          most = static_cast<std::int16_t>(-value);
      };
      for (std::size_t pair = 0; pair < (Window::size + 1) / 2; ++pair) {
        look_at(x[Fft::place(pair)].real);
        look_at(x[Fft::place(pair)].imaginary);
      }
      shift = most <= 0 ? 0 : 15 - static_cast<int>(std::bit_width(static_cast<std::uint32_t>(most)));
    }
    for (Complex16& value : x)
      value = {static_cast<std::int16_t>(value.real * (1 << shift)), static_cast<std::int16_t>(value.imaginary * (1 << shift))};
    return shift;
  }

  Stream frames;
  NoiseReduction<Settings> noise;
  Spectrum spectrum{};
  Features features{};
};

}  // namespace nn::signal

// MicroFeatures: the integer front end as a stage of a pipeline, behind MicroFrames, which cuts its frames. MicroCodes: its
// codes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/signal/micro_frontend.hpp"

namespace nn::signal {

template <const MicroSettings& Settings>
using MicroFrames = typename MicroFrontEnd<Settings>::Stream;

template <const MicroSettings& Settings>
struct MicroFeatures {
  template <class Number, std::size_t Count>
  struct Bound {
    using Front = MicroFrontEnd<Settings>;
    static_assert(Count == Front::Stream::Frame::extent, "nn::signal::MicroFeatures: frames must be those of MicroFrames");
    using Output = std::uint16_t;
    static constexpr std::size_t outputs = Front::channels;
    static constexpr std::size_t features_bytes = (outputs * sizeof(Output) + 3) / 4 * 4;
    static constexpr std::size_t room = features_bytes + sizeof(typename Front::Spectrum);
    static constexpr std::size_t table_bytes = Front::table_bytes;
    static constexpr std::int32_t rate = Settings.rate;
    using State = NoiseReduction<Settings>;
    static constexpr void identify(Fingerprint& hash) { Settings.identify(hash); }

    template <class Kernels = target::Kernels>
    static constexpr void run(State& noise, const Number* x, Output* y) {
      auto& spectrum = *reinterpret_cast<typename Front::Spectrum*>(reinterpret_cast<std::byte*>(y) + features_bytes);
      auto& features = *reinterpret_cast<typename Front::Features*>(y);
      Front::template run<Kernels>(typename Front::Stream::Frame{x, Count}, noise, spectrum, features);
    }
  };
};

struct MicroCodes {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = std::int8_t;
    static constexpr std::size_t outputs = Count;
    static constexpr std::size_t room = Count;
    static constexpr std::size_t table_bytes = 0;
    static constexpr void identify(Fingerprint& hash) { hash.add("micro codes"); }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, Output* y) {
      for (std::size_t i = 0; i < Count; ++i) y[i] = micro_code(x[i]);
    }
  };
};

}  // namespace nn::signal

// Frames: cuts a stream of samples, which comes in chunks of any size, into frames that overlap.
//
//   Frames<std::int16_t, 480, 160> frames;               480 samples, one frame every 160
//   frames.process(chunk, [](auto frame) { … });         called for each frame that became complete
//
// The first frame begins with the first sample; there is none before so many have come.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/fingerprint.hpp"

namespace nn::signal {

// A frame is followed by `Padding` zeros.
template <class Number, std::size_t Size, std::size_t Step = Size, std::size_t Padding = 0>
class Frames {
 public:
  static_assert(Step > 0, "nn::signal::Frames: a step has at least one sample");
  static_assert(Step <= Size, "nn::signal::Frames: the step is longer than a frame");
  static constexpr std::size_t size = Size;
  static constexpr std::size_t step = Step;
  using Frame = std::span<const Number, Size + Padding>;

  constexpr void process(std::span<const Number> samples, auto&& use) {
    while (!samples.empty()) {
      samples = samples.subspan(take(samples));
      if (!full()) return;
      use(frame());
      next();
    }
  }

  // The same by hand: takes samples until the frame is full; gives how many.
  constexpr std::size_t take(std::span<const Number> samples) {
    const std::size_t count = std::min(samples.size(), Size - used);
    std::copy_n(samples.begin(), count, buffer.begin() + static_cast<std::ptrdiff_t>(used));
    used += count;
    return count;
  }
  constexpr bool full() const { return used == Size; }
  constexpr Frame frame() const { return Frame{buffer}; }
  constexpr void next() {
    std::copy(buffer.begin() + Step, buffer.begin() + Size, buffer.begin());
    used = Size - Step;
  }

  constexpr void reset() { used = 0; }

  static constexpr void identify(Fingerprint& hash) {
    hash.add("frames");
    for (std::size_t number : {sizeof(Number), Size, Step}) hash.add(static_cast<std::uint32_t>(number));
  }

 private:
  std::array<Number, Size + Padding> buffer{};
  std::size_t used = 0;
};

// Frames of so many samples a second, where no stage behind them says it.
template <std::uint32_t Rate, class Framing>
struct SampledAt : Framing {
  static constexpr std::uint32_t rate = Rate;
  static constexpr void identify(Fingerprint& hash) {
    Framing::identify(hash);
    hash.add(Rate);
  }
};

}  // namespace nn::signal

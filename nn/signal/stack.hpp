// Stack: the features of the last frames, the oldest first, for a model that sees them all; given every so many frames, from when
// there are enough.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/fingerprint.hpp"

namespace nn::signal {

template <std::size_t Frames, std::size_t Every = 1>
struct Stack {
  static_assert(Every > 0, "nn::signal::Stack: frames are given at least every 1");
  static_assert(Every <= Frames, "nn::signal::Stack: frames are given at least once");

  template <class Number, std::size_t Count>
  struct Bound {
    using Output = Number;
    static constexpr std::size_t outputs = Frames * Count;
    static constexpr std::size_t room = 0;  // they stay in the state
    static constexpr std::size_t table_bytes = 0;

    static constexpr void identify(Fingerprint& hash) {
      hash.add("stack");
      hash.add(static_cast<std::uint32_t>(Frames));
    }

    struct State {
      std::array<Number, outputs> values{};
      std::size_t frames = 0;  // since something was given, and those that are given again

      constexpr void reset() { frames = 0; }
    };

    // Whether the values are to be given.
    template <class Kernels = void>
    static constexpr bool push(State& state, const Number* x) {
      std::copy(state.values.begin() + Count, state.values.end(), state.values.begin());
      std::copy_n(x, Count, state.values.end() - Count);
      if (++state.frames < Frames) return false;
      state.frames = Frames - Every;
      return true;
    }
  };
};

}  // namespace nn::signal

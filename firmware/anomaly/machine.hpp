// A machine that turns, with a sensor of vibration on it, drawn: three axes of whole numbers, 1,000 samples a second. It runs at
// 45 to 60 turns a second under a load that wanders, and everything follows the load; a fault is what does not.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/number/elementary.hpp"
#include "nn/random.hpp"

namespace machine {

inline constexpr std::size_t axes = 3, frame = 64;  // samples of each axis
using Frame = std::array<std::array<float, frame>, axes>;

enum class Fault : std::uint8_t { none, unbalance, bearing, looseness, slip, dead_axis };
inline constexpr std::array<std::string_view, 6> names{"none", "unbalance", "bearing", "looseness", "slip", "dead axis"};

// Sine of 256ths of a turn, 4096 high.
inline constexpr std::array<std::int16_t, 256> sines = [] {
  std::array<std::int16_t, 256> table{};
  for (int i = 0; i <= 64; ++i) {
    const auto height = static_cast<std::int16_t>(4096 * nn::Elementary<float>::sine_quarter(static_cast<float>(i) / 64) + 0.5f);
    table[static_cast<std::size_t>(i)] = table[static_cast<std::size_t>(128 - i)] = height;
    if (i > 0)
      table[static_cast<std::size_t>(256 - i)] = table[static_cast<std::size_t>(128 + i)] = static_cast<std::int16_t>(-height);
  }
  return table;
}();

class Machine {
 public:
  constexpr explicit Machine(std::uint32_t seed) : random{seed} {}

  // The next 64 ms.
  constexpr const Frame& next(Fault fault) {
    load = std::clamp(load + static_cast<std::int32_t>(random.below(129)) - 64, std::int32_t{0}, std::int32_t{255});
    std::uint32_t turn = turns(45) + static_cast<std::uint32_t>(load) * (turns(15) / 255);
    if (fault == Fault::slip) turn -= turn / 8;
    const std::int32_t size = 96 + load;  // 96 to 351
    for (std::size_t i = 0; i < frame; ++i) {
      angle += turn;
      const std::int32_t x = fault == Fault::unbalance ? 2 * size : size;
      const std::int32_t second = fault == Fault::looseness ? 160 : 48;
      samples[0][i] = sample(x * sine(angle));
      samples[1][i] = sample(size / 2 * sine(angle + 0x40000000u) + second * sine(2 * angle));
      samples[2][i] = fault == Fault::dead_axis ? sample(0) : sample(size / 4 * sine(3 * angle) + blow(fault));
    }
    return samples;
  }

 private:
  // Of a turn a sample, in 2^-32.
  static constexpr std::uint32_t turns(std::uint32_t a_second) { return 4'294'967u * a_second; }
  static constexpr std::int32_t sine(std::uint32_t angle) { return sines[angle >> 24]; }

  // With noise.
  constexpr float sample(std::int32_t value) {
    const auto noise = static_cast<std::int32_t>(random.next() >> 26) + static_cast<std::int32_t>(random.next() >> 26) - 63;
    return static_cast<float>((value >> 12) + noise / 4);
  }

  // A ball of the bearing runs over a dent every 19 samples, and it rings.
  constexpr std::int32_t blow(Fault fault) {
    if (fault != Fault::bearing) return 0;
    ringing = since++ % 19 == 0 ? 4096 * 160 : -ringing / 2;
    return ringing;
  }

  nn::Random random;
  std::int32_t load = 128, ringing = 0;
  std::uint32_t angle = 0, since = 0;
  Frame samples{};
};

}  // namespace machine

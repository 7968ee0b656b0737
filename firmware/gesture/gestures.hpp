// A hand that holds an accelerometer and draws figures in the air, drawn: frames of three axes in g, 48 of them a figure. Size,
// pace, direction, place on the figure where it begins and how the sensor is held differ from one to the next; mean and deviation
// of a window say little about which it is (gesture_baseline). Float without any function of a library: the same bits everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/number/elementary.hpp"
#include "nn/random.hpp"

namespace gesture {

inline constexpr std::size_t frames = 48, axes = 3;
using Frame = std::array<float, axes>;
using Window = std::array<Frame, frames>;

// The last one is new to the board.
enum class Figure : std::uint8_t { circle_left, circle_right, eight, zigzag, lying_eight };
inline constexpr std::array<std::string_view, 5> names{"circle to the left", "circle to the right", "eight", "zigzag",
                                                       "lying eight"};
inline constexpr std::size_t known = 4;

class Hand {
 public:
  constexpr explicit Hand(std::uint32_t seed) : random{seed} {}

  constexpr Window draw(Figure figure) {
    const float width = between(0.5f, 1.1f), height = between(0.5f, 1.1f), pace = between(0.028f, 0.042f),
                depth = between(-0.3f, 0.3f);
    const Frame held{between(-0.25f, 0.25f), between(-0.25f, 0.25f), between(0.9f, 1.0f)};
    float angle = random.uniform();
    Window window{};
    for (Frame& frame : window) {
      const auto [x, y] = place(figure, angle);
      frame = {held[0] + width * x + tremor(), held[1] + height * y + tremor(), held[2] + depth * x * y + tremor()};
      angle += pace * (1.0f + 0.3f * (random.uniform() - 0.5f));
    }
    return window;
  }

 private:
  struct Place {
    float x, y;
  };
  static constexpr Place place(Figure figure, float angle) {
    switch (figure) {
      case Figure::circle_left:
        return {sine(angle + 0.25f), sine(angle)};
      case Figure::circle_right:
        return {sine(angle + 0.25f), -sine(angle)};
      case Figure::eight:
        return {sine(angle), sine(2 * angle)};
      case Figure::zigzag:
        return {sine(angle), sine(3 * angle)};
      default:
        return {sine(2 * angle), sine(angle)};
    }
  }
  // Of turns, from 0 on.
  static constexpr float sine(float turns) {
    const float quarters = 4 * (turns - static_cast<float>(static_cast<int>(turns)));
    const int quarter = static_cast<int>(quarters);
    const float rest = quarters - static_cast<float>(quarter);
    const float value = nn::Elementary<float>::sine_quarter(quarter % 2 == 0 ? rest : 1 - rest);
    return quarter < 2 ? value : -value;
  }
  constexpr float between(float low, float high) { return low + (high - low) * random.uniform(); }
  constexpr float tremor() { return 1.2f * (random.uniform() + random.uniform() + random.uniform() - 1.5f); }

  nn::Random random;
};

}  // namespace gesture

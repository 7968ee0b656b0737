// A board's clock, of a timer of the chip that counts its ticks.
#pragma once

#include <cstdint>
#include <numeric>
#include <string_view>

// Under QEMU with -icount shift=5 an instruction takes 32 ns of the board's time, so that ticks are instructions, but for a
// factor; on the board itself the unit is 32 ns.
template <class Timer, std::uint32_t Hertz>
struct InstructionClock : Timer {
  static constexpr std::string_view unit = "instructions";
  static std::uint64_t now() { return (Timer::ticks() * numerator + denominator / 2) / denominator; }

 private:
  static constexpr std::uint32_t each_second = 1'000'000'000 / 32;
  static constexpr std::uint32_t numerator = each_second / std::gcd(each_second, Hertz);
  static constexpr std::uint32_t denominator = Hertz / std::gcd(each_second, Hertz);
};

template <class Timer>
struct CycleClock : Timer {
  static constexpr std::string_view unit = "cycles";
  static std::uint64_t now() { return Timer::ticks(); }
};

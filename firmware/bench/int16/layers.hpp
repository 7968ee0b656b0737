// What networks with codes of 16 bits are made of here. Weights are drawn, those of all layers the same: as good as any to count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/by_rows.hpp"
#include "nn/int16/int16.hpp"
#include "work.hpp"

namespace bench {

using nn::graph::Window;

// A congruential generator (Numerical Recipes, section 7.1).
constexpr void draw(auto&& codes, std::uint32_t seed) {
  for (auto& code : codes) {
    seed = seed * 1664525 + 1013904223;
    code = static_cast<std::remove_reference_t<decltype(code)>>(static_cast<std::int32_t>(seed) >> (32 - 8 * sizeof code));
  }
}

alignas(4) inline constexpr std::array<std::int8_t, 64 * 9 * 64> weight = [] {
  std::array<std::int8_t, 64 * 9 * 64> drawn{};
  draw(drawn, 1);
  for (std::int8_t& w : drawn) w = w == -128 ? std::int8_t{-127} : w;
  return drawn;
}();
inline constexpr std::array<std::int64_t, 64> bias{};
template <std::int32_t Shift>
inline constexpr std::array<nn::int8::Scale, 64> scale = [] {
  std::array<nn::int8::Scale, 64> drawn{};
  for (std::int32_t o = 0; o < 64; ++o) drawn[static_cast<std::size_t>(o)] = {0x60000000 + (o << 16), -Shift};
  return drawn;
}();
inline constexpr nn::int8::Range all{0, -32768, 32767}, positive{0, 0, 32767};
template <std::int32_t Shift, const auto& Range>
inline constexpr nn::Int16Output output{bias.data(), scale<Shift>.data(), 1, Range, true};

// On a drawn input.
template <class Net>
int infer() {
  static Net network;
  measure(work, [] { network.run(); }, [] { draw(network.input(), 2); });
  print(work, "weights", sizeof weight);
  print_stack(work);
  return 0;
}
// The same row again and again, as an input.
template <class Rows>
int infer_pushed() {
  static Rows network;
  static std::array<std::int16_t, Rows::row_numbers> row;
  draw(row, 2);
  measure(work, [] {
    while (!network.push_row(row)) {
    }
  });
  print(work, "weights", sizeof weight);
  print_stack(work);
  return 0;
}

}  // namespace bench

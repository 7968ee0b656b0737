// Text: numbers as characters, for consoles without printf.
//   print(write, "accuracy ", decimal(98.25f, 2), " % of ", 1797, '\n')     write takes a std::string_view
// Integers and fixed-point numbers are printed with all their digits.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/number/fixed.hpp"

namespace nn {

// A value rounded half away from zero to `places` digits behind the point, 0 to 6. Beyond ±2^31: "large"; or "nan".
struct Decimal {
  float value;
  int places;
};
constexpr Decimal decimal(float value, int places) { return {value, places}; }

struct Hex {
  std::uint64_t value;
  std::size_t digits;
};
// All digits of an unsigned integer.
constexpr Hex hex(std::unsigned_integral auto value) { return {value, 2 * sizeof value}; }

// A part padded with blanks to a width: text to the left, numbers to the right.
template <class Part>
struct Padded {
  Part part;
  std::size_t width;
  bool to_right;
};
template <class Part>
constexpr Padded<Part> right(Part part, std::size_t width) {
  return {part, width, true};
}
template <class Part>
constexpr Padded<Part> left(Part part, std::size_t width) {
  return {part, width, false};
}

namespace text {

// The characters of one part; long enough for any number.
struct Characters {
  std::array<char, 72> buffer{};
  std::size_t count = 0;

  constexpr void add(char c) { buffer[count++] = c; }
  constexpr std::string_view view() const { return {buffer.data(), count}; }
};

// A 64-bit value in groups of nine digits: 64-bit division is a long library call on a small core.
inline void add_number(Characters& to, std::uint64_t value) {
  constexpr std::uint64_t billion = 1'000'000'000;
  std::array<std::uint32_t, 2> groups{};
  std::size_t left = 0;
  for (; value >= billion; value /= billion) groups[left++] = static_cast<std::uint32_t>(value % billion);
  char* const begin = to.buffer.data() + to.count;
  char* const end = to.buffer.data() + to.buffer.size();
  to.count += static_cast<std::size_t>(std::to_chars(begin, end, static_cast<std::uint32_t>(value)).ptr - begin);
  while (left > 0) {
    std::uint32_t rest = groups[--left];
    for (std::uint32_t place = 100'000'000; place > 0; place /= 10) {
      to.add(static_cast<char>('0' + rest / place));
      rest %= place;
    }
  }
}

inline void add_decimal(Characters& to, Decimal number) {
  float value = number.value;
  if (value != value) {
    for (char c : std::string_view{"nan"}) to.add(c);
    return;
  }
  if (value < 0) {
    to.add('-');
    value = -value;
  }
  if (value >= 0x1p31f) {
    for (char c : std::string_view{"large"}) to.add(c);
    return;
  }
  std::uint32_t unit = 1;
  for (int place = 0; place < number.places; ++place) unit *= 10;
  auto whole = static_cast<std::uint32_t>(value);
  auto part = static_cast<std::uint32_t>((value - static_cast<float>(whole)) * static_cast<float>(unit) + 0.5f);
  if (part >= unit) {
    part -= unit;
    ++whole;
  }
  add_number(to, whole);
  if (number.places == 0) return;
  to.add('.');
  for (std::uint32_t place = unit / 10; place > 0; place /= 10) to.add(static_cast<char>('0' + part / place % 10));
}

inline Characters characters(Decimal number) {
  Characters result;
  add_decimal(result, number);
  return result;
}
inline Characters characters(Hex number) {
  Characters result;
  for (std::size_t digit = number.digits; digit-- > 0;)
    result.add("0123456789abcdef"[number.value >> (4 * digit) & 15u]);
  return result;
}
inline Characters characters(std::integral auto number) {
  Characters result;
  auto magnitude = static_cast<std::uint64_t>(number);
  if (number < 0) {
    result.add('-');
    magnitude = 0 - magnitude;
  }
  add_number(result, magnitude);
  return result;
}


// All digits of a fixed-point number, exactly; no point behind a whole number.
template <int Bits, int Fraction>
Characters characters(Fixed<Bits, Fraction> number) {
  Characters result;
  auto magnitude = static_cast<std::uint64_t>(number.raw);
  if (number.raw < 0) {
    result.add('-');
    magnitude = 0 - magnitude;
  }
  add_number(result, magnitude >> Fraction);
  if constexpr (Fraction > 0) {
    std::uint64_t part = magnitude << (64 - Fraction);  // Q64
    if (part != 0) result.add('.');
    while (part != 0) {  // ten times the part, in halves: a digit and what is left
      const std::uint64_t low = (part & 0xffffffffu) * 10;
      const std::uint64_t high = (part >> 32) * 10 + (low >> 32);
      result.add(static_cast<char>('0' + (high >> 32)));
      part = high << 32 | (low & 0xffffffffu);
    }
  }
  return result;
}

void print_one(auto& write, std::string_view part) { write(part); }
void print_one(auto& write, char part) { write(std::string_view{&part, 1}); }
void print_one(auto& write, const auto& part)
  requires requires { characters(part); }
{
  write(characters(part).view());
}
template <class Part>
void print_one(auto& write, const Padded<Part>& padded) {
  std::string_view view;
  Characters digits;
  if constexpr (std::convertible_to<Part, std::string_view>) {
    view = padded.part;
  } else {
    digits = characters(padded.part);
    view = digits.view();
  }
  if (!padded.to_right) write(view);
  for (std::size_t i = view.size(); i < padded.width; ++i) write(std::string_view{" "});
  if (padded.to_right) write(view);
}

}  // namespace text

void print(auto&& write, const auto&... parts) {
  (text::print_one(write, parts), ...);
}

}  // namespace nn

// Numbers from the console: lines, and the decimal numbers in them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "console.hpp"

namespace neuron {

// The next line of the console, as far as there is room for it; empty at the end of the input.
class Line {
 public:
  Line() {
    while (const auto c = console::read()) {
      if (*c == '\n' || *c == '\r') return;
      if (size < characters.size()) characters[size++] = *c;
    }
  }
  std::string_view text() const { return {characters.data(), size}; }

 private:
  std::array<char, 40> characters;
  std::size_t size = 0;
};

// Takes a number such as 2, -3.5 or +.25 from the front of the text; nothing, if there is none of at most seven digits.
constexpr std::optional<float> take_number(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  float digits = 0;
  float unit = 1;
  int count = 0;
  bool fraction = false;
  for (; !text.empty() && text[0] != ' '; text.remove_prefix(1)) {
    if (text[0] == '.' && !fraction) {
      fraction = true;
    } else if (text[0] >= '0' && text[0] <= '9' && count < 7) {
      digits = 10 * digits + static_cast<float>(text[0] - '0');
      if (fraction) unit *= 10;
      ++count;
    } else {
      return std::nullopt;
    }
  }
  if (count == 0) return std::nullopt;
  return (negative ? -digits : digits) / unit;
}

constexpr std::optional<std::array<float, 2>> two_numbers(std::string_view text) {
  const auto first = take_number(text);
  const auto second = take_number(text);
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (!first || !second || !text.empty()) return std::nullopt;
  return std::array{*first, *second};
}

static_assert(two_numbers("2 -3.5") == std::array{2.0f, -3.5f});
static_assert(!two_numbers("2") && !two_numbers("2 3 4") && !two_numbers("1e3 2") && !two_numbers("- ."));

}  // namespace neuron

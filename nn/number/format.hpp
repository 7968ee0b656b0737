// Format: how many bits the numbers of fixed-point arithmetic have, and how many of them are behind the point. What is not stated
// is that of Fixed16.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <string_view>

namespace nn {

// Bits of weights, activations and gradients, and their fraction bits.
struct Format {
  int bits = 16;
  int weight = 13;
  int activation = 10;
  int gradient = 13;
  int input = activation;  // of the network's input
  int cell = bits == 8 ? activation + 8 : activation;  // of the cell state of an Lstm, which has at least 16 bits
  bool stochastic = false;
  int gradient_bits = bits == 8 ? 16 : bits;           // 8 save memory where a layer has many outputs
  constexpr bool operator==(const Format&) const = default;
};

// A name such as "fixed16 w13 a10 i10" of what is stored: equal for formats whose parameters can be exchanged.
template <Format Chosen>
struct FormatName {
  struct Characters {
    char letters[40]{};
    std::size_t size = 0;
    constexpr void add(std::string_view part) {
      for (char c : part) letters[size++] = c;
    }
    constexpr void add(int number) {
      if (number >= 10) add(number / 10);
      letters[size++] = static_cast<char>('0' + number % 10);
    }
  };
  static constexpr Characters characters = [] {
    Characters text;
    text.add("fixed");
    text.add(Chosen.bits);
    text.add(" w");
    text.add(Chosen.weight);
    text.add(" a");
    text.add(Chosen.activation);
    text.add(" i");
    text.add(Chosen.input);
    return text;
  }();
  static constexpr std::string_view value{characters.letters, characters.size};
};

}  // namespace nn

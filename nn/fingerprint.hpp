// Fingerprint: FNV-1a, 64 bits, over names and numbers (Fowler, Noll and Vo).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/shape.hpp"

namespace nn {

struct Fingerprint {
  std::uint64_t value = 0xcbf29ce484222325u;

  constexpr void add_byte(std::uint8_t byte) { value = (value ^ byte) * 0x100000001b3u; }

  constexpr void add(std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) add_byte(static_cast<std::uint8_t>(number >> shift));
  }

  constexpr void add(std::string_view text) {
    for (char c : text) add_byte(static_cast<std::uint8_t>(c));
    add_byte(0);
  }

  constexpr void add(Shape shape) {
    add(static_cast<std::uint32_t>(shape.height));
    add(static_cast<std::uint32_t>(shape.width));
    add(static_cast<std::uint32_t>(shape.channels));
  }
};

}  // namespace nn

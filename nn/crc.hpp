// Crc32: the CRC of Ethernet and zip (reflected, polynomial 0xedb88320), four bits at a time from a table of 64 bytes.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstdint>

namespace nn {

class Crc32 {
 public:
  constexpr void add(std::uint8_t byte) {
    state ^= byte;
    state = table[state & 15u] ^ (state >> 4);
    state = table[state & 15u] ^ (state >> 4);
  }

  constexpr std::uint32_t value() const { return ~state; }

 private:
  static constexpr std::array<std::uint32_t, 16> table = [] {
    std::array<std::uint32_t, 16> entries{};
    for (std::uint32_t i = 0; i < 16; ++i) {
      std::uint32_t entry = i;
      for (int bit = 0; bit < 4; ++bit) entry = (entry & 1u) != 0 ? 0xedb88320u ^ (entry >> 1) : entry >> 1;
      entries[i] = entry;
    }
    return entries;
  }();

  std::uint32_t state = 0xffffffffu;
};

}  // namespace nn

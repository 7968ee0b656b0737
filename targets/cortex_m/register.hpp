// A register of a peripheral: 32 bits at a fixed address.
#pragma once

#include <cstdint>

inline volatile std::uint32_t& register_at(std::uint32_t address) { return *reinterpret_cast<volatile std::uint32_t*>(address); }

inline void set_bits(std::uint32_t address, std::uint32_t bits) { register_at(address) = register_at(address) | bits; }
inline void clear_bits(std::uint32_t address, std::uint32_t bits) { register_at(address) = register_at(address) & ~bits; }

// Replaces the `width` bits at `shift`.
inline void set_field(std::uint32_t address, std::uint32_t shift, std::uint32_t width, std::uint32_t value) {
  const std::uint32_t mask = ((1u << width) - 1) << shift;
  register_at(address) = (register_at(address) & ~mask) | value << shift;
}

// Whether the register holds `bits` under `mask` soon enough. An oscillator may be broken, and an emulator may know of none.
[[nodiscard]] inline bool becomes(std::uint32_t address, std::uint32_t mask, std::uint32_t bits) {
  for (int tries = 0; tries < 20'000; ++tries)
    if ((register_at(address) & mask) == bits) return true;
  return false;
}

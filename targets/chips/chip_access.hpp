// Registers and flash of the chip itself, for the drivers of flash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "cortex_m/register.hpp"

struct ChipAccess {
  // Erasing 128 KiB takes up to 4 s.
  static constexpr std::uint32_t patience = 200'000'000;

  static std::uint32_t get(std::uint32_t address) { return register_at(address); }
  static void set(std::uint32_t address, std::uint32_t value) { register_at(address) = value; }
  static void set_half(std::uint32_t address, std::uint16_t value) {
    *reinterpret_cast<volatile std::uint16_t*>(address) = value;
  }
  // All accesses before it are done before those behind it.
  static void barrier() { asm volatile("dsb\n isb" ::: "memory"); }
  static void load(std::uint32_t address, std::span<std::byte> to) {
    const volatile std::uint8_t* from = reinterpret_cast<const volatile std::uint8_t*>(address);
    for (std::byte& byte : to) byte = std::byte{*from++};
    asm volatile("" ::: "memory");
  }
};
